using System.Text.Json;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests;

/// <summary>How a connect ended in the field, and what the sample says of it, by HTTP: one test for each case.</summary>
[Collection(nameof(FieldCases))]
public sealed class FieldEndTests(FieldSample sample)
{
    [Theory, Trait("Case", "C8")]
    [InlineData(415, 2859009, "two_factor_needed", "business.facebook.com")]
    [InlineData(415, 1404120, "two_factor_needed", "two-factor")]
    [InlineData(190, 459, "facebook_check", "facebook.com")]
    public async Task What_only_the_person_can_cure_at_Facebook_is_said_to_the_person(int code, int subcode, string ended, string words)
    {
        var number = sample.AddNumber();
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, code, subcode), int.MaxValue, when: call => call.Path.Contains(number.Waba.Id));
        using var person = await sample.SignUpAsync();

        var end = await person.ConnectAsync("", number.Waba.Id);

        end.ShouldStartWith("/onboarding/whatsapp?error=" + ended);
        (await person.PageAsync(end)).ShouldContain(words, Case.Insensitive);
    }

    [Theory, Trait("Case", "C9")]
    [InlineData("error_code=1349126&error_message=App%20Not%20Set%20Up", "1349126")]
    [InlineData("error_code=901&error_message=App%20Not%20Set%20Up", "901")]
    public async Task Meta_s_other_form_of_a_refusal_is_the_operator_s_and_its_digits_are_in_the_log(string query, string digits)
    {
        using var person = await sample.SignUpAsync();
        var dialog = await person.StartAsync();
        var state = System.Web.HttpUtility.ParseQueryString(dialog.Query)["state"];

        var end = await person.ReturnAsync(new Uri(sample.Address, $"/integrations/whatsapp/callback?{query}&state={Uri.EscapeDataString(state!)}"));

        end.ShouldStartWith("/onboarding/whatsapp?error=app_misconfigured");
        (await person.PageAsync(end)).ShouldContain("not your fault", Case.Insensitive);
        await sample.SaysAsync($"error_code {digits}");
        sample.Output.ShouldNotContain("App Not Set Up");
    }

    [Theory, Trait("Case", "C10")]
    [InlineData(136024, 4711)]
    [InlineData(136024, null)]
    public async Task A_code_that_was_not_sent_does_not_make_a_number_verified(int code, int? subcode)
    {
        var number = sample.AddNumber(number =>
        {
            FieldSample.Unregistered(number);
            number.CodeVerificationStatus = "NOT_VERIFIED";
        });
        using var person = await sample.SignUpAsync();
        await person.FinishAsync(number);
        sample.Meta.Faults.On(GraphOperations.RequestCode, Fault.Error(400, code, subcode), when: call => call.Path.Contains(number.Id));

        Code(await person.PostAsync("steps", new { phoneNumberId = number.Id, step = "request_code" })).ShouldBe("code_not_sent");

        (await person.NumberAsync()).GetProperty("openSteps")[0].GetProperty("step").GetString().ShouldBe("verify");
        sample.Meta.Calls.Of(GraphOperations.Register).ShouldNotContain(call => call.Path.Contains(number.Id));
        await person.PostAsync("steps", new { phoneNumberId = number.Id, step = "request_code" });
        await person.PostAsync("steps", new { phoneNumberId = number.Id, step = "verify_code", code = number.LastCode });
        (await person.NumberAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact, Trait("Case", "C11")]
    public async Task A_signup_may_take_half_an_hour_and_a_code_that_comes_later_is_taken_with_a_fresh_state()
    {
        var number = sample.AddNumber();
        using var person = await sample.SignUpAsync();
        var first = await person.StartPopupAsync();
        first.GetProperty("expiresIn").GetInt32().ShouldBeGreaterThan(31 * 60);
        var renews = first.GetProperty("state").GetString();
        await person.PostAsync("oauth", new { state = renews, ending = "popup_timeout" });

        var answer = await person.PostAsync("oauth", new { code = person.CodeFor(number), state = await person.StartStateAsync(), renews, wabaId = number.Waba.Id });

        Code(answer).ShouldBe("connected");
    }

    [Fact, Trait("Case", "C12")]
    public async Task A_code_that_got_lost_is_an_end_of_its_own_with_the_redirect_as_the_way_on()
    {
        var number = sample.AddNumber();
        using var person = await sample.SignUpAsync();
        var start = await person.StartPopupAsync();

        var end = await person.PostAsync("oauth", new { state = start.GetProperty("state").GetString(), ending = "code_lost", @event = "FINISH" });

        (Code(end), end.GetProperty("success").GetBoolean()).ShouldBe(("code_lost", false));
        end.GetProperty("action").GetString()!.ShouldContain("Continue in this window");
        (await person.AttemptAsync(start)).GetProperty("outcome").GetString().ShouldBe("code_lost");
        (await person.ConnectAsync("", number.Waba.Id)).ShouldStartWith("/dashboard?whatsapp=connected");
    }

    [Theory, Trait("Case", "C13")]
    [InlineData(400, 191)]
    [InlineData(500, 191)]
    public async Task A_redirect_that_the_app_does_not_allow_is_the_operator_s_fault_and_said_to_him(int status, int code)
    {
        var number = sample.AddNumber();
        sample.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(status, code));
        using var person = await sample.SignUpAsync();

        var end = await person.ConnectAsync("", number.Waba.Id);

        end.ShouldStartWith("/onboarding/whatsapp?error=app_misconfigured");
        (await person.PageAsync(end)).ShouldNotContain("to start again");
        await sample.SaysAsync("(code 191");
    }

    [Theory, Trait("Case", "C14")]
    [InlineData("cancelled", "CANCEL")]
    [InlineData("popup_error", "ERROR")]
    public async Task A_code_that_comes_after_an_end_was_told_connects(string ending, string name)
    {
        var number = sample.AddNumber();
        using var person = await sample.SignUpAsync();
        var renews = await person.StartStateAsync();
        Code(await person.PostAsync("oauth", new { state = renews, ending, @event = name })).ShouldBe(ending);

        var answer = await person.PostAsync("oauth", new { code = person.CodeFor(number), state = await person.StartStateAsync(), renews, @event = "FINISH", wabaId = number.Waba.Id });

        Code(answer).ShouldBe("connected");
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("code").GetString();
}
