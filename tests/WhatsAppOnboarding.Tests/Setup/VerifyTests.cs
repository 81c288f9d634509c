using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class VerifyTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_number_is_verified_by_a_code_and_then_registered()
    {
        await using var number = await StartAsync();
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.StepAsync("register")).ShouldBe("code_needed");

        (await number.StepAsync(new { phoneNumberId = number.AtMeta.Id, step = "request_code", method = "VOICE", language = "pt_BR" })).ShouldBe("ok");
        var code = number.AtMeta.VerificationCodes.ShouldHaveSingleItem();
        (code.Method, code.Language).ShouldBe(("VOICE", "pt_BR"));

        (await VerifyAsync(number, code.Code == "111111" ? "222222" : "111111")).ShouldBe("code_wrong");
        (await number.OpenAsync()).ShouldBe(["verify: code_wrong"]);
        (await VerifyAsync(number, code.Code)).ShouldBe("ok");

        (await number.OpenAsync()).ShouldBeEmpty();
        number.AtMeta.Status.ShouldBe("CONNECTED");
        number.Calls(GraphOperations.Register).ShouldBe(1);
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_registration_that_fails_after_the_code_is_an_open_step_of_its_own()
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        await number.StepAsync("request_code");
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133005));

        (await VerifyAsync(number, number.AtMeta.LastCode!)).ShouldBe("ok");

        (await number.OpenAsync()).ShouldBe(["register: pin_needed"]);
    }

    [Theory]
    [InlineData("DECLINED", "name_not_ready")]
    [InlineData("A_NEW_WORD", "registration_unknown")]
    public async Task A_code_registers_no_number_whose_name_stands_against_it(string name, string code)
    {
        await using var number = await StartAsync();
        number.AtMeta.NameStatus = name;
        await number.ConnectAsync();
        (await number.StatusAsync()).GetProperty("openSteps")[0].GetProperty("action").GetString()!.ShouldContain("registered", Case.Sensitive, "what the code leads to is said before");
        await number.StepAsync("request_code");

        (await VerifyAsync(number, number.AtMeta.LastCode!)).ShouldBe("ok");

        number.Calls(GraphOperations.Register).ShouldBe(0);
        (await number.OpenAsync()).ShouldBe([$"register: {code}"]);
        await number.StepAsync("register");
        number.Calls(GraphOperations.Register).ShouldBe(1, "a person may order it");
    }

    [Fact]
    public async Task A_number_that_was_verified_elsewhere_needs_no_code()
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        number.AtMeta.CodeVerificationStatus = "VERIFIED";

        (await number.StepAsync("request_code")).ShouldBe("already_verified");

        number.AtMeta.VerificationCodes.ShouldBeEmpty();
        (await number.OpenAsync()).ShouldBe(["register: pending"]);
        (await number.StepAsync("register")).ShouldBe("ok");
    }

    [Theory]
    [InlineData(136024, "code_not_sent", "verify: code_not_sent")]
    [InlineData(80007, "meta_throttled", "verify: meta_throttled")]
    [InlineData(190, "token_invalid", "verify: token_invalid")]
    public async Task What_meta_says_against_sending_a_code_is_told(int meta, string code, string open)
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.RequestCode, Fault.Error(400, meta));

        (await number.StepAsync("request_code")).ShouldBe(code);

        (await number.OpenAsync()).ShouldBe([open]);
        number.Calls(GraphOperations.RequestCode).ShouldBe(1);
    }

    [Theory]
    [InlineData(2388367, "code_limit")]
    [InlineData(2388091, "code_too_soon")]
    [InlineData(99, "code_not_sent")]
    public async Task Verified_is_not_believed_before_a_fresh_look_at_the_number_says_so(int subcode, string code)
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.RequestCode, Fault.Error(400, 136024, subcode));
        (await number.StepAsync("request_code")).ShouldBe(code);
        (await number.OpenAsync()).ShouldBe([$"verify: {code}"]);

        number.Faults.On(GraphOperations.RequestCode, Fault.Error(400, 136024, subcode), 1, _ =>
        {
            number.AtMeta.CodeVerificationStatus = "VERIFIED";
            return true;
        });
        (await number.StepAsync("request_code")).ShouldBe(subcode == 99 ? "already_verified" : code);

        (await number.OpenAsync()).ShouldBe([subcode == 99 ? "register: pending" : $"verify: {code}"]);
        number.Calls(GraphOperations.Register).ShouldBe(0);
    }

    [Fact]
    public async Task A_number_that_meta_calls_verified_and_does_not_register_for_want_of_a_code_costs_no_try_by_itself_and_can_ask_for_one()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133006), times: int.MaxValue);
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["verify: code_needed"]);

        number.Faults.On(GraphOperations.RequestCode, Fault.Error(400, 136024, 99));
        (await number.StepAsync("request_code")).ShouldBe("code_not_sent");
        (await number.ConnectAsync()).ShouldBe("incomplete");
        (await number.OpenAsync()).ShouldBe(["verify: code_not_sent"]);
        number.Calls(GraphOperations.Register).ShouldBe(1);

        number.Faults.Clear();
        number.AtMeta.CodeVerificationStatus = "EXPIRED";
        (await number.StepAsync("request_code")).ShouldBe("ok");
        (await VerifyAsync(number, number.AtMeta.LastCode!)).ShouldBe("ok");
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("UNVERIFIED")]
    [InlineData("unverified")]
    public async Task Metas_other_word_for_not_verified_asks_for_a_code_and_registers_nothing(string word)
    {
        await using var number = await ANumber.StartAsync(shape =>
        {
            ANumber.Unregistered(shape);
            shape.CodeVerificationStatus = word;
        });

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(["verify: code_needed"]);
        number.Calls(GraphOperations.Register).ShouldBe(0);
        (await number.StepAsync("request_code")).ShouldBe("ok");
    }

    [Fact]
    public async Task The_sixth_code_and_the_eleventh_try_within_twelve_hours_are_not_sent()
    {
        await using var number = await StartAsync();
        await number.ConnectAsync();
        for (var code = 1; code <= 5; code++)
            (await number.StepAsync("request_code")).ShouldBe("ok");
        (await number.StepAsync("request_code")).ShouldBe("code_limit");
        number.Calls(GraphOperations.RequestCode).ShouldBe(5);

        number.Faults.On(GraphOperations.VerifyCode, Fault.Error(400, 136025), times: int.MaxValue);
        for (var tried = 1; tried <= 10; tried++)
            (await VerifyAsync(number, "000000")).ShouldBe("code_wrong");
        using var api = number.Host.OpenApi("acme");
        var refused = await api.PostAsJsonAsync(ANumber.Steps, new { phoneNumberId = number.AtMeta.Id, step = "verify_code", code = "000000" }, TestContext.Current.CancellationToken);
        (refused.StatusCode, await ApiConnect.CodeOf(refused)).ShouldBe((HttpStatusCode.TooManyRequests, "code_limit"));
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromHours(12));
        number.Calls(GraphOperations.VerifyCode).ShouldBe(10);

        _clock.Advance(TimeSpan.FromHours(12));
        (await number.StepAsync("request_code")).ShouldBe("ok");
    }

    [Theory]
    [InlineData("CONNECTED", "CLOUD_API", false, "step_not_open")]
    [InlineData("CONNECTED", "CLOUD_API", true, "on_business_app")]
    public async Task There_is_nothing_to_verify_of_a_number_that_works(string status, string platform, bool onApp, string expected)
    {
        await using var number = await ANumber.StartAsync(shape => (shape.Status, shape.PlatformType, shape.IsOnBizApp) = (status, platform, onApp));
        await number.ConnectAsync();

        (await number.StepAsync("request_code")).ShouldBe(expected);
        (await VerifyAsync(number, "000000")).ShouldBe(expected);

        (number.Calls(GraphOperations.RequestCode), number.Calls(GraphOperations.VerifyCode)).ShouldBe((0, 0));
    }

    private static Task<string> VerifyAsync(ANumber number, string code) => number.StepAsync(new { phoneNumberId = number.AtMeta.Id, step = "verify_code", code });

    private Task<ANumber> StartAsync() => ANumber.StartAsync(
        ANumber.Unverified, setup => setup.Services.AddSingleton<TimeProvider>(_clock), new MetaEmulatorOptions { TimeProvider = _clock });
}
