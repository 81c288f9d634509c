using System.Net;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>Every loss has a button on the emulator's own page.</summary>
public sealed partial class LossPageTests : EmulatorTest
{
    private static readonly Dictionary<string, Func<LossPageTests, bool>> Effects = new()
    {
        ["service/down"] = page => page.Meta.Service.IsDown,
        ["service/silent"] = page => page.Meta.Service.IsDown,
        ["service/slow"] = page => page.Meta.Service.Delay == TimeSpan.FromSeconds(5),
        ["service/usage"] = page => page.UsageOf("X-App-Usage").Contains("\"call_count\":90"),
        ["service/throttle"] = page => page.UsageOf("X-App-Usage").Contains("\"call_count\":100"),
        ["service/recover"] = page => !page.Meta.Service.IsDown,
        ["waba/unsubscribe"] = page => !page.Waba.IsAppSubscribed,
        ["waba/unshare"] = page => !page.Waba.IsShared && page.Told("PARTNER_REMOVED"),
        ["waba/share"] = page => page.Waba.IsShared && page.Told("PARTNER_ADDED"),
        ["waba/uninstall"] = page => page.Token.IsRevoked && page.Told("PARTNER_APP_UNINSTALLED"),
        ["waba/delete"] = page => page.Meta.World.FindWaba(page.Waba.Id) is null && page.Told("ACCOUNT_DELETED"),
        ["waba/offboard"] = page => page.Waba.IsOffboarded && page.Told("ACCOUNT_OFFBOARDED"),
        ["waba/reconnect"] = page => !page.Waba.IsOffboarded && page.Told("ACCOUNT_RECONNECTED"),
        ["waba/ban"] = page => page.Waba.IsDisabled && page.Told("\"DISABLE\""),
        ["waba/reinstate"] = page => !page.Waba.IsDisabled && page.Told("REINSTATE"),
        ["waba/restrict"] = page => page.Waba.Restriction is not null && page.Told("ACCOUNT_RESTRICTION"),
        ["waba/unrestrict"] = page => page.Waba.Restriction is null,
        ["waba/unpaid"] = page => !page.Waba.HasPaymentMethod,
        ["waba/paid"] = page => page.Waba.HasPaymentMethod,
        ["waba/usage"] = page => page.UsageOf("X-Business-Use-Case-Usage").Contains("\"call_count\":90"),
        ["waba/throttle"] = page => page.UsageOf("X-Business-Use-Case-Usage").Contains("\"estimated_time_to_regain_access\":5"),
        ["number/deregister"] = page => page.Number is { Status: "PENDING", PlatformType: "NOT_APPLICABLE" },
        ["number/remove"] = page => page.Meta.World.FindNumber(page.Number.Id) is null && page.Told("PHONE_NUMBER_REMOVED"),
        ["number/ban"] = page => page.Number.Status == "BANNED" && page.Told("ACCOUNT_VIOLATION"),
        ["number/restrict"] = page => page.Number.Status == "RESTRICTED" && page.Told("ACCOUNT_RESTRICTION"),
        ["number/flag"] = page => page.Number.Status == "FLAGGED" && page.Told("\"FLAGGED\""),
        ["number/unflag"] = page => page.Number.Status == "CONNECTED" && page.Told("UNFLAGGED"),
        ["number/quality"] = page => page.Number.QualityRating == "RED",
        ["number/refuse-name"] = page => page.Number.NameStatus == "DECLINED" && page.Told("REJECTED"),
        ["number/approve-name"] = page => page.Number.NameStatus == "APPROVED" && page.Told("\"APPROVED\""),
        ["number/pin"] = page => page.Number.TwoStepPin == "135790" && page.Told("PIN_CHANGED"),
        ["number/disconnect-app"] = page => page.Token.IsRevoked && page.Told("disconnection_info"),
        ["number/lose-routing"] = page => page.Number is { IsRoutedElsewhere: true, IsOnStandby: true } && page.Told("control_taken"),
        ["number/lose-routing-silently"] = page => page.Number is { IsRoutedElsewhere: true, IsOnStandby: false } && page.Meta.Webhooks.Deliveries.Count == 0,
        ["number/regain-routing"] = page => !page.Number.IsRoutedElsewhere && page.Told("control_passed"),
        ["number/recover"] = page => page.Number.Status == "CONNECTED",
        ["token/revoke"] = page => page.Token.IsRevoked,
        ["token/password"] = page => page.Token.IsRevoked,
        ["token/end-soon"] = page => page.Token.ExpiresAt == page.Clock.GetUtcNow().AddHours(1),
        ["token/end"] = page => page.Token.ExpiresAt == page.Clock.GetUtcNow(),
        ["token/data-access"] = page => page.Token.DataAccessEndsAt == page.Clock.GetUtcNow(),
    };

    /// <summary>What gives back, and what it gives back.</summary>
    private static readonly Dictionary<string, string> Before = new()
    {
        ["service/recover"] = "service/down",
        ["waba/share"] = "waba/unshare",
        ["waba/reconnect"] = "waba/offboard",
        ["waba/reinstate"] = "waba/ban",
        ["waba/unrestrict"] = "waba/restrict",
        ["waba/paid"] = "waba/unpaid",
        ["number/unflag"] = "number/flag",
        ["number/approve-name"] = "number/refuse-name",
        ["number/regain-routing"] = "number/lose-routing",
        ["number/recover"] = "number/ban",
    };

    public static TheoryData<string> Buttons => [.. Effects.Keys];

    private GraphReply? _read;

    private EmulatedToken Token => Meta.World.IssuedTokens[0];

    [Theory, MemberData(nameof(Buttons))]
    public async Task A_button_does_what_its_call_does_and_leads_back_to_the_page(string button)
    {
        Prepare();
        if (Before.TryGetValue(button, out var before))
        {
            await PressAsync(before);
            Effects[button](this).ShouldBeFalse("there must be something to give back");
        }

        var (status, location) = await PressAsync(button);
        status.ShouldBe(303);
        location.ShouldStartWith("/");
        if (button.EndsWith("usage", StringComparison.Ordinal) || button.EndsWith("throttle", StringComparison.Ordinal))
            _read = await Graph.GetAsync($"/v25.0/{Waba.Id}", Token.Value);
        Effects[button](this).ShouldBeTrue();
        (await Graph.Http.GetStringAsync("/world", Ct)).ShouldNotContain(Token.Value);
    }

    [Fact]
    public async Task The_page_has_all_these_buttons_and_no_others()
    {
        Prepare();
        (await ButtonsAsync()).Keys.ShouldBe(Effects.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task A_token_of_a_system_user_has_no_password_and_no_end_of_data_access()
    {
        Meta.World.IssueToken([Waba.Id]);
        (await ButtonsAsync()).Keys.Where(button => button.StartsWith("token/", StringComparison.Ordinal)).ShouldBe(["token/revoke", "token/end-soon", "token/end"]);
    }

    [Fact]
    public async Task What_is_lost_stands_on_the_page()
    {
        await Meta.Happenings.UnshareAsync(Waba.Id, Ct);
        await Meta.Happenings.DisableAsync(Waba.Id, Ct);
        await Meta.Happenings.RestrictAsync(Waba.Id, cancellationToken: Ct);
        await Meta.Happenings.RefuseNameAsync(Number.Id, cancellationToken: Ct);
        (Waba.HasPaymentMethod, Waba.IsOffboarded, Number.IsRoutedElsewhere) = (false, true, true);
        Meta.Service.GoDown();
        Meta.Service.SetUsage(90);
        Meta.Service.Throttle(Waba.Id, 5);
        var html = await Graph.Http.GetStringAsync("/world", Ct);
        foreach (var said in new[] { "Not shared with the app.", "Banned by Meta.", "Restricted (RESTRICTED_BIZ_INITIATED_MESSAGING).", "No payment method.", "moved to another phone", "Name DECLINED.", "routed to another responder", "The Graph API is down.", "Says that 90 percent of the limit is used.", "Throttled for 5 more minutes." })
            html.ShouldContain(said);

        Meta.Service.Recover();
        Meta.Service.SlowDown(TimeSpan.FromSeconds(1));
        (await Graph.Http.GetStringAsync("/world", Ct)).ShouldContain("The Graph API is slow.");
    }

    [Theory]
    [InlineData("number", "", "ban")]
    [InlineData("waba", "1", "ban")]
    [InlineData("token", "7", "revoke")]
    [InlineData("token", "x", "revoke")]
    [InlineData("service", "", "nothing")]
    [InlineData("else", "", "ban")]
    public async Task A_button_that_is_not_there_is_404(string of, string id, string loss) => (await PostAsync(of, id, loss)).Status.ShouldBe(404);

    /// <summary>A person's token, a subscribed account, a number on the Business app.</summary>
    private void Prepare()
    {
        Options.TokenKind = EmulatedTokenKind.User;
        Meta.World.IssueToken([Waba.Id]);
        Waba.IsAppSubscribed = true;
        Number.IsOnBizApp = true;
    }

    private async Task<(int Status, string Location)> PressAsync(string button)
    {
        var (of, id, loss) = (await ButtonsAsync())[button];
        return await PostAsync(of, id, loss);
    }

    private async Task<(int Status, string Location)> PostAsync(string of, string id, string loss)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["of"] = of, ["id"] = id, ["loss"] = loss });
        using var response = await Graph.Http.PostAsync("/loss", form, Ct);
        return ((int)response.StatusCode, response.Headers.Location?.OriginalString ?? "");
    }

    /// <summary>The first button of each kind and name, as the page has it.</summary>
    private async Task<Dictionary<string, (string Of, string Id, string Loss)>> ButtonsAsync()
    {
        var buttons = new Dictionary<string, (string, string, string)>();
        foreach (var form in Form().Matches(await Graph.Http.GetStringAsync("/world", Ct)).Cast<Match>())
        {
            foreach (var button in Button().Matches(form.Groups[3].Value).Cast<Match>())
                buttons.TryAdd($"{form.Groups[1].Value}/{button.Groups[1].Value}", (form.Groups[1].Value, form.Groups[2].Value, button.Groups[1].Value));
        }

        return buttons;
    }

    private bool Told(string text) => Meta.Webhooks.Deliveries[^1].Payload.Contains(text);

    private string UsageOf(string header) => _read!.Header(header)!;

    [GeneratedRegex("""<form method="post" action="/loss">\s*<input type="hidden" name="of" value="([a-z]+)">\s*<input type="hidden" name="id" value="([0-9]*)">(.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<button class="quiet" name="loss" value="([a-z-]+)">""")]
    private static partial Regex Button();
}
