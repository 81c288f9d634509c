using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Windows of Meta's that came late, stayed open or lost their code, and numbers to be verified: one test for each case, with a picture of its end.</summary>
[Collection(nameof(FieldCases))]
public sealed class FieldWindowTests(FieldSample field, TheSample browser)
{
    [Fact, Trait("Case", "C7")]
    public async Task Where_no_window_is_open_yet_there_are_ways_on_at_once_and_one_that_opens_later_connects()
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber();
        // Meta's own script, which asks first and opens its window when it was answered.
        using var http = new HttpClient();
        var sdk = await http.GetStringAsync(new Uri(field.Meta.Address, "/en_US/sdk.js"));
        var later = sdk.Replace("const popup = window.open(", "window.openLater = () => { const popup = window.open(").Replace("callback?.(answer));", "callback?.(answer)); };");
        await visitor.Page.RouteAsync("**/sdk.js", route => route.FulfillAsync(new() { Body = later, ContentType = "text/javascript" }));
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await visitor.Page.WaitForFunctionAsync("() => window.openLater");
        await Expect(visitor.Button("Cancel")).ToBeVisibleAsync();
        await Expect(visitor.Button("Continue in this window")).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-07-no-window-yet");

        var popup = await visitor.SeePopupAsync(() => visitor.Page.EvaluateAsync("{ window.openLater(); }"));
        await visitor.Button("Show Meta’s window").WaitForAsync();
        await FinishAsync(popup, number);
        await ConnectedAsync(visitor, number, "case-07-connected");
    }

    [Fact, Trait("Case", "C10")]
    public async Task A_code_that_was_not_sent_leaves_the_way_to_ask_again()
    {
        await using var visitor = await OpenAsync();
        var number = Unverified("NOT_VERIFIED");
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
        field.Meta.Faults.On(GraphOperations.RequestCode, Fault.Error(400, 136024, 4711), when: call => call.Path.Contains(number.Id));
        await visitor.Page.GotoAsync("/onboarding/whatsapp/numbers/" + number.Id);
        await visitor.Button("Text me a code").ClickAsync();
        await Expect(visitor.Alert).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("verified already")).ToHaveCountAsync(0);
        await visitor.FitsBothAsync("case-10-not-sent");
        await visitor.Button("Text me a code").ClickAsync();
        await Expect(visitor.Page.GetByText("Meta has sent a code")).ToBeVisibleAsync();
    }

    [Fact, Trait("Case", "C11")]
    public async Task A_signup_of_half_an_hour_ends_connected()
    {
        await using var visitor = await OpenAsync(clock: true);
        var number = field.AddNumber();
        var popup = await visitor.OpenPopupAsync();
        await Expect(visitor.Heading("Connecting WhatsApp")).ToBeVisibleAsync();
        await visitor.Page.Clock.FastForwardAsync(31 * 60_000);
        await visitor.FitsBothAsync("case-11-half-an-hour");
        await visitor.Page.Clock.ResumeAsync();
        await FinishAsync(popup, number);
        await ConnectedAsync(visitor, number, "case-11-connected");
    }

    [Fact, Trait("Case", "C12")]
    public async Task Where_Meta_finished_and_the_code_got_lost_this_window_leads_on_and_connects()
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber();
        await visitor.ConnectByPopupAsync(number.Waba.Id, "code-lost");
        await Expect(visitor.Heading("Meta is done, but its answer got lost")).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-12-code-lost");
        await visitor.Button("Continue in this window").ClickAsync();
        await visitor.ContinueAtMetaAsync(number.Waba.Id);
        await ConnectedAsync(visitor, number, "case-12-connected");
        await visitor.Page.GotoAsync("/account/attempts");
        await Expect(visitor.Page.GetByText("code_lost").First).ToBeAttachedAsync();
    }

    [Theory, Trait("Case", "C14")]
    [InlineData("ERROR", "Meta reported a problem")]
    [InlineData("CANCEL", "You stopped before the end")]
    public async Task After_an_error_the_window_is_said_to_be_open_and_what_is_finished_there_counts_and_after_a_cancel_it_is_closed(string word, string heading)
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber();
        var popup = await visitor.OpenPopupAsync();
        var closed = new TaskCompletionSource();
        popup.Close += (_, _) => closed.TrySetResult();
        await popup.EvaluateAsync("""
            ([word, origin]) => window.opener.postMessage(JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event: word, version: 3, data: word === "ERROR" ? { error_code: "524126", error_message: "m" } : { current_step: "PERMISSIONS" } }), origin)
            """, new[] { word, field.Address.GetLeftPart(UriPartial.Authority) });
        await Expect(visitor.Heading(heading)).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-14-" + word);
        if (word is "CANCEL")
        {
            await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return;
        }

        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync("Meta’s window is still open");
        await FinishAsync(popup, number);
        await ConnectedAsync(visitor, number, "case-14-connected");
    }

    [Fact, Trait("Case", "C15")]
    public async Task A_number_that_is_UNVERIFIED_is_offered_a_code()
    {
        await using var visitor = await OpenAsync();
        var number = Unverified("UNVERIFIED");
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Verify number" }).ClickAsync();
        await Expect(visitor.Button("Text me a code")).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-15-unverified");
    }

    private EmulatedNumber Unverified(string word) => field.AddNumber(number =>
    {
        FieldSample.Unregistered(number);
        number.CodeVerificationStatus = word;
    });

    private static async Task FinishAsync(IPage popup, EmulatedNumber number)
    {
        await popup.Locator($"input[name=account][value='{number.Waba.Id}']").CheckAsync();
        await Visitor.EndAsync(popup, "finish");
    }

    private static async Task ConnectedAsync(Visitor visitor, EmulatedNumber number, string picture)
    {
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
        await visitor.FitsBothAsync(picture);
    }

    private async Task<Visitor> OpenAsync(bool clock = false)
    {
        var visitor = await browser.OpenAsync(address: field.Address);
        if (clock)
            await visitor.Page.Clock.InstallAsync();
        await visitor.SignUpAsync();
        return visitor;
    }
}
