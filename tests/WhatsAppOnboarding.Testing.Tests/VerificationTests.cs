using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class VerificationTests : EmulatorTest
{
    private static readonly object Sms = new { code_method = "SMS", language = "en_US" };

    private EmulatedNumber Fresh => field ??= Waba.AddUnverifiedNumber("+1 631-555-0102", "New");

    [Fact]
    public async Task A_code_comes_to_the_phone_and_verifies_the_number()
    {
        (await RequestAsync(Sms)).ShouldSucceed();
        var sent = Fresh.VerificationCodes.ShouldHaveSingleItem();
        (sent.Method, sent.Language, sent.At).ShouldBe(("SMS", "en_US", Clock.GetUtcNow()));
        Fresh.LastCode.ShouldBe(sent.Code);
        sent.ToString().ShouldNotContain(sent.Code);

        (await VerifyAsync(sent.Code)).ShouldSucceed();
        Fresh.CodeVerificationStatus.ShouldBe("VERIFIED");
    }

    [Fact]
    public async Task Parameters_in_the_address_or_a_form_are_as_good()
    {
        (await RequestAsync(null, "?code_method=VOICE&language=pt")).ShouldSucceed();
        (await Graph.PostAsync($"/v25.0/{Fresh.Id}/verify_code?code={Fresh.LastCode}", Meta.World.IssueToken().Value)).ShouldSucceed();
    }

    [Fact]
    public async Task Method_and_language_are_required_and_must_be_known()
    {
        (await RequestAsync(new { language = "en_US" })).ShouldFail(400, 100);
        (await RequestAsync(new { code_method = "SMS" })).ShouldFail(400, 100);
        (await RequestAsync(new { code_method = "EMAIL", language = "en_US" })).ShouldFail(400, 100);
        (await RequestAsync(new { code_method = "SMS", language = "English" })).ShouldFail(400, 100);
        Fresh.LastCode.ShouldBeNull();
    }

    [Fact]
    public async Task A_verified_number_gets_no_code()
    {
        Fresh.CodeVerificationStatus = "VERIFIED";
        (await RequestAsync(Sms)).ShouldFail(400, 136024);
        Fresh.VerificationCodes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_an_older_a_used_and_an_expired_code_are_refused()
    {
        (await VerifyAsync("123456")).ShouldFail(400, 136025);
        await RequestAsync(Sms);
        var older = Fresh.LastCode!;
        (await VerifyAsync(older == "123456" ? "654321" : "123456")).ShouldFail(400, 136025);
        await RequestAsync(Sms);
        (await VerifyAsync(older)).ShouldFail(400, 136025);
        Clock.Advance(TimeSpan.FromMinutes(10));
        (await VerifyAsync(Fresh.LastCode!)).ShouldFail(400, 136025);
        Fresh.CodeVerificationStatus.ShouldBe("NOT_VERIFIED");

        await RequestAsync(Sms);
        (await VerifyAsync(Fresh.LastCode!)).ShouldSucceed();
        (await VerifyAsync(Fresh.LastCode!)).ShouldFail(400, 136025);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("123-456")]
    public async Task What_is_no_code_is_a_wrong_parameter(string code)
    {
        await RequestAsync(Sms);
        (await VerifyAsync(code)).ShouldFail(400, 100);
    }

    [Theory]
    [InlineData("register")]
    [InlineData("deregister")]
    [InlineData("request_code")]
    [InlineData("verify_code")]
    [InlineData("smb_app_data")]
    [InlineData("")]
    public async Task Both_permissions_and_a_grant_of_the_account_are_needed(string edge)
    {
        var path = $"/v25.0/{Fresh.Id}/{edge}".TrimEnd('/');
        var other = Business.AddWaba("Other");
        (await Graph.PostAsync(path, null)).ShouldFail(401, 190);
        (await Graph.PostAsync(path, Meta.World.IssueToken([other.Id]).Value)).ShouldFail(400, 100, 33);
        (await Graph.PostAsync(path, Meta.World.IssueToken(scopes: ["whatsapp_business_management"]).Value)).ShouldFail(403, 10);
        (await Graph.PostAsync(path, Meta.World.IssueToken(scopes: ["whatsapp_business_messaging"]).Value)).ShouldFail(403, 200);
        Fresh.Registrations.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_home_page_shows_a_person_the_code_and_what_the_number_is()
    {
        await RequestAsync(Sms);
        Fresh.TwoStepPin = "581063";
        Waba.AddCoexistenceNumber("+1 631-555-0103", "On the phone");
        foreach (var page in new[] { "/world", "/?number=" + Fresh.Id })
        {
            var html = await Graph.Http.GetStringAsync(page, Ct);
            html.ShouldContain(Fresh.LastCode!);
            html.ShouldContain("Not verified (NOT_VERIFIED).");
            html.ShouldContain("Not registered (NOT_APPLICABLE).");
            html.ShouldContain("581063");
        }

        (await Graph.Http.GetStringAsync("/world", Ct)).ShouldContain("on the WhatsApp Business app");
    }

    private Task<GraphReply> RequestAsync(object? body, string query = "") =>
        Graph.PostAsync($"/v25.0/{Fresh.Id}/request_code{query}", Meta.World.IssueToken().Value, body);

    private Task<GraphReply> VerifyAsync(string code) => Graph.PostAsync($"/v25.0/{Fresh.Id}/verify_code", Meta.World.IssueToken().Value, new { code });
}
