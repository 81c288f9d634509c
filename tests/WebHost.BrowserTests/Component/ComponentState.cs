using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace WebHost.BrowserTests.Component;

/// <summary>A state that the component can show: how it comes about and how one knows it.</summary>
/// <param name="Name">The state.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Words">A part of its text.</param>
/// <param name="Buttons">Its buttons, in order.</param>
public sealed record ComponentState(string Name, string? Heading, string Words, params string[] Buttons)
{
    public Action<StubService>? Plan { get; init; }

    /// <summary>A script that runs before the page's own.</summary>
    public string? Script { get; init; }

    public bool NoSdk { get; init; }

    public Func<ComponentPage, Task> Reach { get; init; } = page => page.Connect.ClickAsync();

    /// <summary>What is told to the server of an end without a code, besides the state.</summary>
    public string? Report { get; init; }

    public static IReadOnlyList<ComponentState> All { get; } =
    [
        new("idle", null, "Connect WhatsApp", "Connect WhatsApp") { Reach = _ => Task.CompletedTask },
        new("ready", "Meta’s window is ready", "one more click", "Open Meta’s window", "Cancel") { Script = NoActivation },
        new("popup", "Connecting WhatsApp", "Keep this page open", "Show Meta’s window", "Cancel") { Reach = page => page.OpenPopupAsync() },
        new("no-window", "Connecting WhatsApp", "Your browser may ask first", "Continue in this window", "Cancel") { Script = Later },
        new("working", "Connecting WhatsApp", "Turning on messages: failed")
        {
            Plan = service => (service.Hold, service.Attempt) = (true, new StubAnswer(StubService.Steps(null, "exchange", "list", "subscribe:meta_throttled"))),
            Reach = page => page.FinishAsync(),
        },
        new("connected", "WhatsApp is connected", "+1 631-555-0100") { Reach = page => page.FinishAsync() },
        new("incomplete", "Almost done", "The server's words.", "Connect WhatsApp")
        {
            Plan = service => service.Finish = new StubAnswer(StubService.Connected("incomplete")),
            Reach = page => page.FinishAsync(),
        },
        new("choose", "Choose your numbers", "Lucky Shrub", "Connect these numbers", "Cancel")
        {
            Plan = service => service.Finish = new StubAnswer(Choice()),
            Reach = page => page.FinishAsync(),
        },
        new("leave", "Disconnect these numbers?", "+1 631-555-0100", "Disconnect and go on", "Back to the choice")
        {
            Plan = service => service.Finish = new StubAnswer(Choice()),
            Reach = async page =>
            {
                await page.FinishAsync();
                await page.Element.GetByRole(AriaRole.Checkbox, new LocatorGetByRoleOptions { Name = "+1 631-555-0102" }).CheckAsync();
                await page.Element.GetByRole(AriaRole.Checkbox, new LocatorGetByRoleOptions { Name = "connected" }).UncheckAsync();
                await page.Button("Connect these numbers").ClickAsync();
            },
        },
        new("given-up", "You stopped before the end", "Start again whenever you like.", "Try again")
        {
            Reach = async page =>
            {
                await page.OpenPopupAsync();
                await page.Button("Cancel").ClickAsync();
            },
            Report = """{"ending":"given_up"}""",
        },
        new("code-lost", "Meta is done, but its answer got lost", "Continue in this window: Meta remembers", "Continue in this window", "Try again")
        {
            Reach = async page =>
            {
                await page.HearAsync("FINISH", new { waba_id = "524" });
                await page.AnswerAsync(null);
            },
            Report = """{"ending":"code_lost","event":"FINISH"}""",
        },
        new("cancelled", "You stopped before the end", "You were at: adding the phone number.", "Try again")
        {
            Reach = page => page.HearAsync("CANCEL", new { current_step = "PHONE_NUMBER_SETUP" }),
            Report = """{"ending":"cancelled","currentStep":"PHONE_NUMBER_SETUP"}""",
        },
        new("error", "Meta reported a problem", "524126", "Try again", "Continue in this window")
        {
            Reach = page => page.HearAsync("CANCEL", new { error_message = "No.", error_code = 524126, session_id = "f34b51dab5e0498", timestamp = 1746041036 }),
            Report = """{"ending":"popup_error","errorCode":"524126","sessionId":"f34b51dab5e0498"}""",
        },
        new("closed", "Meta’s window was closed", "Nothing was connected.", "Try again", "Continue in this window")
        {
            Reach = async page =>
            {
                await (await page.OpenPopupAsync()).CloseAsync();
                await page.Page.Clock.RunForAsync(6_000);
            },
            Report = """{"ending":"popup_closed"}""",
        },
        new("blocked", "Your browser blocked Meta’s window", "allow pop-ups", "Continue in this window", "Try again")
        {
            Script = "window.open = () => null;",
            Report = """{"ending":"popup_blocked"}""",
        },
        new("unloaded", "Meta could not be loaded", "ad blocker", "Continue in this window", "Try again") { NoSdk = true, Report = """{"ending":"sdk_unavailable"}""" },
        new("timeout", "That took too long", "still open. What you finish there still counts", "Try again", "Continue in this window")
        {
            Reach = async page =>
            {
                await page.OpenPopupAsync();
                await page.Page.Clock.FastForwardAsync(3_575_000);
            },
            Report = """{"ending":"popup_timeout"}""",
        },
        new("refused", "WhatsApp is not connected", "Tick the account.", "Connect WhatsApp")
        {
            Plan = service => service.Finish = StubAnswer.Problem(422, "no_waba", "No WhatsApp Business Account was shared.", "Tick the account."),
            Reach = page => page.FinishAsync(),
        },
        new("hopeless", "WhatsApp is not connected", "Tell the operator.")
        {
            Plan = service => service.Start = StubAnswer.Problem(502, "app_misconfigured", "Set up wrongly.", "Tell the operator.", retryable: false),
        },
        new("signed-out", "You are signed out", "Sign in, then connect again.", "Sign in", "Try again") { Plan = service => service.Start = new StubAnswer(null, 401) },
        new("limited", "Too many attempts", "Wait ten minutes", "Try again") { Plan = service => service.Start = new StubAnswer(null, 429) },
        new("unreachable", "No connection to this service", "Check your internet connection", "Try again")
        {
            Reach = async page =>
            {
                await page.Page.RouteAsync("**/connect?*", route => route.AbortAsync());
                await page.Connect.ClickAsync();
            },
        },
    ];

    /// <summary>What an SDK does that asks the person first: it opens nothing yet.</summary>
    private const string Later = "window.FB = { init() {}, login() {} };";

    private const string NoActivation = "Object.defineProperty(Navigator.prototype, 'userActivation', { get: () => ({ isActive: false }) });";

    public override string ToString() => Name;

    private static JsonObject Choice() => StubService.Choose(
        ("106", "+1 631-555-0100", "Lucky Shrub", true), ("107", "+1 631-555-0101", "Lucky Shrub Garden Centre and Nursery", false), ("108", "+1 631-555-0102", null, false));
}
