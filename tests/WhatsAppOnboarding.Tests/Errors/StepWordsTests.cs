using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Errors;

/// <summary>What is said of an open step: the action must be able to cure the cause, and it is the step's own press that counts.</summary>
public sealed class StepWordsTests
{
    private static readonly WhatsAppWords Words = WhatsAppWords.From(new ServiceCollection().AddLogging().BuildServiceProvider());

    public static TheoryData<string, string, string> Steps => new()
    {
        { "en", "register", "register it" }, { "es", "register", "regístralo" }, { "pt", "register", "registre-o" },
        { "en", "verify", "ask for a code" }, { "es", "verify", "pide un código" }, { "pt", "verify", "peça um código" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Pressing_connect_is_never_all_that_a_step_of_a_number_asks_for(string language, string step, string press)
    {
        string[] calls = step == "register" ? ["register_number"] : ["request_code", "verify_code"];
        var codes = MetaErrors.All.Where(row => row.Where is null || calls.Contains(row.Where)).Select(row => row.Stable)
            .Concat([ErrorCodes.MetaTimeout, ErrorCodes.MetaUnreachable, ErrorCodes.MetaUnreadable, ErrorCodes.ServiceUnavailable, ErrorCodes.TokenUnreadable])
            .Distinct().ToArray();
        codes.Length.ShouldBeGreaterThan(20);
        foreach (var code in codes)
        {
            var (message, action) = In(language, () => Words.OpenStep(step, code));
            var connect = In(language, () => Words.Text("page.connect"));
            message.ShouldNotContain("{");
            if (action.Contains(connect) || ErrorCatalogue.Find(code).Code is ErrorCodes.MetaThrottled or ErrorCodes.MetaUnavailable or ErrorCodes.MetaTimeout)
                action.ShouldContain(press, Case.Insensitive, code);
        }
    }

    [Theory]
    [InlineData("subscribe", "app_misconfigured", "the people who run this service")]
    [InlineData("subscribe", "meta_unavailable", "Press Connect WhatsApp again")]
    [InlineData("subscribe", "two_factor_needed", "Press Connect WhatsApp again")]
    [InlineData("unsubscribe", "permission_missing", "business.facebook.com")]
    [InlineData("unsubscribe", "meta_throttled", "You need do nothing")]
    [InlineData("unsubscribe", "app_misconfigured", "the people who run this service")]
    [InlineData("sync_history", "token_invalid", "Press Connect WhatsApp and grant access again. Repeat this step within a day")]
    [InlineData("sync_contacts", "app_misconfigured", "the people who run this service")]
    [InlineData("register", "name_not_ready", "edit the name in WhatsApp Manager")]
    [InlineData("register", "account_locked", "Open WhatsApp Manager to see why and what to do. After that, register it.")]
    [InlineData("register", "pin_or_locked", "Enter the PIN that you set for the number and register it.")]
    [InlineData("register", "facebook_check", "Sign in at facebook.com")]
    public void Each_cause_of_a_step_has_the_cure_that_fits(string step, string code, string cure) =>
        In("en", () => Words.OpenStep(step, code)).Action.ShouldContain(cure);

    [Theory]
    [InlineData("en", "Meta's error code is 4711.")]
    [InlineData("es", "El código de error de Meta es 4711.")]
    [InlineData("pt", "O código de erro da Meta é 4711.")]
    public void Where_nobody_here_knows_the_cause_metas_code_is_named(string language, string named)
    {
        In(language, () => Words.OpenStep("register", "meta_refused", 4711)).Message.ShouldEndWith(named);
        In(language, () => Words.OpenStep("register", "pin_needed", 133005)).Message.ShouldNotContain("133005");
    }

    private static T In<T>(string language, Func<T> said)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return said();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
