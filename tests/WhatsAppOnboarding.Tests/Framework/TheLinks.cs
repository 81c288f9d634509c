using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A host that maps links, one WABA with one number at Meta, and people with links in browsers of their own.</summary>
public abstract class TheLinks : IAsyncLifetime
{
    protected const string Service = "Lucky Desk";

    private readonly List<Browser> _browsers = [];

    protected ManualTimeProvider Clock { get; } = new();

    protected TheHost Host { get; private set; } = null!;

    protected EmulatedWaba Waba { get; private set; } = null!;

    protected EmulatedNumber Number { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["Links:ServiceName"] = Service;
            setup["Links:AllowedReturnOrigins:0"] = "https://www.example.com";
            setup.Services.AddSingleton<TimeProvider>(Clock);
            Configure(setup);
        });
        Waba = Host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        Number = Waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _browsers)
            browser.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(HostSetup setup)
    {
    }

    /// <summary>Somebody new in front of a browser, signed in nowhere.</summary>
    protected Browser Person()
    {
        var browser = new Browser(Host);
        _browsers.Add(browser);
        return browser;
    }

    protected Task<SetupLink> CreateAsync(SetupLinkRequest? request = null, string account = "acme") =>
        Host.UseAsync<IWhatsAppSetup, SetupLink>(setup => setup.CreateLinkAsync(AccountId.Parse(account), request ?? new SetupLinkRequest()));

    protected async Task<string> PathAsync(SetupLinkRequest? request = null, string account = "acme") => PathOf(await CreateAsync(request, account));

    protected static string PathOf(SetupLink link) => link.RevealUrl()!.AbsolutePath;

    protected async Task<SetupLink> OnlyLinkAsync(string account = "acme") =>
        (await Host.UseAsync<IWhatsAppSetup, IReadOnlyList<SetupLink>>(setup => setup.ListLinksAsync(AccountId.Parse(account)))).ShouldHaveSingleItem();

    protected Task<SetupLink?> RevokeAsync(SetupLink link) =>
        Host.UseAsync<IWhatsAppSetup, SetupLink?>(setup => setup.RevokeLinkAsync(AccountId.Parse("acme"), link.Id, "Bea"));

    /// <summary>Opens a link's page and presses its button: the dialog at Meta.</summary>
    protected static async Task<Uri> PressAsync(Browser browser, string path)
    {
        (await browser.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await PostAsync(browser, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.Headers.Location!;
    }

    /// <summary>Sends a form from the link's own page.</summary>
    protected static Task<HttpResponseMessage> PostAsync(Browser browser, string path, params (string Name, string Value)[] fields) =>
        browser.SendAsync(HttpMethod.Post, path, null, request =>
        {
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        });

    protected Task<Uri> ApproveAsync(Uri dialog, params string[] wabas) =>
        Host.Meta.ApproveAsync(dialog, wabas.Length == 0 ? null : wabas, TestContext.Current.CancellationToken);

    /// <summary>The whole way of a person without script: what the link's page says at the end.</summary>
    protected async Task<string> ConnectAsync(Browser browser, string path, params string[] wabas) =>
        await ReturnAsync(browser, path, await ApproveAsync(await PressAsync(browser, path), wabas));

    /// <summary>Comes back from Meta and is led to the link's page: what that says.</summary>
    protected static async Task<string> ReturnAsync(Browser browser, string path, Uri back)
    {
        var answer = await browser.GetAsync(back.PathAndQuery);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var target = answer.Headers.Location!.OriginalString;
        target.ShouldStartWith(path);
        return await TextAsync(await browser.GetAsync(target));
    }

    protected static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>The answer is a page that says this of a link, and holds neither its secret nor a button.</summary>
    protected static async Task RefusedAsync(HttpResponseMessage answer, string code)
    {
        var words = ErrorCatalogue.Find(code);
        ((int)answer.StatusCode).ShouldBe(words.HttpStatus);
        var page = await TextAsync(answer);
        page.ShouldContain(words.Message);
        page.ShouldContain(words.Action);
        page.ShouldNotContain("whatsapp/link/");
        page.ShouldNotContain("<form");
    }

    /// <summary>Nobody holds a number.</summary>
    protected async Task NothingTakenAsync()
    {
        foreach (var account in (string[])["acme", "birch", "mallory"])
            (await Host.ReadAsync(account)).Numbers.ShouldAllBe(number => !number.IsHeld);
        Waba.IsAppSubscribed.ShouldBeFalse();
    }

    /// <summary>The attack took nothing and used nothing up: the one whose link it is connects by it.</summary>
    protected async Task StillWorksAsync(string path, Browser? browser = null)
    {
        await NothingTakenAsync();
        (await ConnectAsync(browser ?? Person(), path)).ShouldContain(Number.DisplayPhoneNumber);
        (await Host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
        (await OnlyLinkAsync()).State.ShouldBe(SetupLink.Used);
    }
}
