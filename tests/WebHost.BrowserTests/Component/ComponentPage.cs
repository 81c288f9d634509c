using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests.Component;

/// <summary>A page with the component on it; Meta's addresses are played by the browser itself.</summary>
public sealed class ComponentPage : IAsyncDisposable
{
    /// <summary>Meta's SDK as far as it matters: it opens the window, and the test answers.</summary>
    public const string Sdk = """
        window.stub = { inits: [], logins: [] };
        window.FB = {
          init: (options) => stub.inits.push(options),
          login: (callback, options) => { stub.logins.push(options); stub.answer = callback; window.open(window.metaWindow ?? 'https://www.facebook.com/signup', '', 'width=500,height=600'); },
        };
        setTimeout(() => window.fbAsyncInit());
        """;

    private readonly Visitor _visitor;

    private ComponentPage(StubService service, Visitor visitor) => (Service, _visitor) = (service, visitor);

    public StubService Service { get; }

    public IPage Page => _visitor.Page;

    public ILocator Element => Page.Locator("whatsapp-connect").First;

    public ILocator Connect => Button("Connect WhatsApp");

    public ILocator Heading => Element.GetByRole(AriaRole.Heading);

    public ILocator Status => Element.GetByRole(AriaRole.Status);

    public ILocator Button(string name) => Element.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    public static async Task<ComponentPage> OpenAsync(TheSample browser, Action<StubService>? plan = null, bool phone = false, bool clock = false, string? script = null, bool loads = true, string? sdk = null, string path = "/")
    {
        var service = await StubService.StartAsync();
        plan?.Invoke(service);
        var visitor = await browser.OpenAsync(phone, service.Address);
        var page = new ComponentPage(service, visitor);
        var context = visitor.Page.Context;
        await context.RouteAsync(url => new Uri(url).Host != "127.0.0.1", route => route.FulfillAsync(Meta(route.Request.Url, loads, sdk ?? Sdk)));
        if (clock)
            await visitor.Page.Clock.InstallAsync();
        if (script is not null)
            await visitor.Page.AddInitScriptAsync(script);
        await visitor.Page.AddInitScriptAsync("""
            window.heard = [];
            for (const name of ['whatsapp-progress', 'whatsapp-ended']) addEventListener(name, (event) => heard.push({ name, ...event.detail }));
            """);
        await visitor.Page.GotoAsync(path);
        return page;
    }

    /// <summary>Presses Connect WhatsApp and sees Meta's window.</summary>
    public Task<IPage> OpenPopupAsync() => SeePopupAsync(() => Connect.ClickAsync());

    public Task<IPage> SeePopupAsync(Func<Task> open) => _visitor.SeePopupAsync(open);

    /// <summary>Meta's window says something to the page that opened it.</summary>
    public static Task SayAsync(IPage popup, string name, object data) =>
        SayAsync(popup, JsonSerializer.Serialize(new { type = "WA_EMBEDDED_SIGNUP", @event = name, version = 3, data }));

    /// <remarks>Later, because the page may close the window for it.</remarks>
    public static async Task SayAsync(IPage popup, string message) => await popup.EvaluateAsync("message => { setTimeout(() => opener.postMessage(message, '*')); }", message);

    /// <summary>The SDK calls back, with a code or without.</summary>
    public Task AnswerAsync(string? code) => Page.EvaluateAsync("code => stub.answer(code ? { authResponse: { code }, status: 'connected' } : { authResponse: null, status: 'unknown' })", code);

    /// <summary>Goes to the end of Meta's window, which gives both code and message.</summary>
    public async Task FinishAsync(string name = "FINISH")
    {
        await HearAsync(name, new { waba_id = "524", phone_number_id = "106" });
        await AnswerAsync("code-1");
    }

    /// <summary>Opens Meta's window and has it say something.</summary>
    public async Task HearAsync(string name, object data) => await SayAsync(await OpenPopupAsync(), name, data);

    public async Task SeeAsync(string heading) => await Assertions.Expect(Heading).ToHaveTextAsync(heading);

    public async Task<string[]> HeardAsync(string name) =>
        await Page.EvaluateAsync<string[]>("name => heard.filter(event => event.name === name).map(({ name, ...detail }) => JSON.stringify(detail))", name);

    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }

    public async Task<string[]> ButtonsAsync() => [.. await Element.GetByRole(AriaRole.Button).AllInnerTextsAsync()];

    /// <summary>The text of what has the focus, within the component.</summary>
    public Task<string?> FocusAsync() => Element.EvaluateAsync<string?>("element => element.shadowRoot.activeElement?.textContent");

    /// <summary>What was told to the server of an end without a code; it is told once.</summary>
    public async Task<JsonNode> ReportAsync()
    {
        await Service.Reported.WaitAsync(TimeSpan.FromSeconds(20));
        return Service.Posts("/oauth").ShouldHaveSingleItem();
    }

    public Task LookAsync(string name) => _visitor.LookAsync("component-" + name);

    public Task LookAtBothAsync(string name) => _visitor.LookAtBothAsync("component-" + name);

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        await Service.DisposeAsync();
    }

    private static RouteFulfillOptions Meta(string url, bool loads, string sdk) => new Uri(url).AbsolutePath.EndsWith("/sdk.js", StringComparison.Ordinal)
        ? new RouteFulfillOptions { Status = loads ? 200 : 404, Body = loads ? sdk : "", ContentType = "text/javascript", Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" } }
        : new RouteFulfillOptions { Body = "<!doctype html><title>Meta</title><p>Meta's window", ContentType = "text/html" };
}
