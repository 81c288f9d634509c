using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests.Framework;

/// <summary>A person in front of the sample.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private static readonly bool Pictures = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_PICTURES") == "1";

    private readonly IBrowserContext _context;
    private readonly bool _phone;
    private readonly bool _script;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Timer _limit;

    public Visitor(IBrowserContext context, IPage page, bool phone, bool script)
    {
        (_context, _phone, _script, Page) = (context, phone, script, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        // Not every call to a browser has a limit of its own. Each fails once its browser is gone.
        _limit = new Timer(_ => _ = context.CloseAsync(), null, TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);
    }

    public IPage Page { get; }

    public string Email { get; } = $"owner-{Guid.NewGuid():N}@example.com";

    public ILocator Alert => Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { Visible = true });

    public ILocator Log => Page.GetByRole(AriaRole.Log);

    // With script not before the component is there: a button of the form within it is gone by then, and who has found it waits for ever.
    public ILocator Button(string name) => Page.Locator(_script ? "html:not(:has(whatsapp-connect:not(:defined)))" : "html")
        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true });

    public Task<IPage> NewPageAsync() => _context.NewPageAsync();

    public async Task SignUpByFormAsync()
    {
        await Page.GotoAsync("/auth/signup");
        await Page.GetByLabel("Email").FillAsync(Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await Button("Create account").ClickAsync();
        await SeeOnboardingAsync();
    }

    /// <summary>Signs up without looking at the form, and is where the form leads to.</summary>
    public async Task SignUpAsync()
    {
        await PostSignUpAsync();
        await Page.GotoAsync("/onboarding/whatsapp");
        await SeeOnboardingAsync();
    }

    /// <summary>Signs up and connects these WABAs without looking at a page, and is on the dashboard.</summary>
    public async Task SignUpConnectedAsync(MetaEmulator meta, params string[] wabas)
    {
        ArgumentNullException.ThrowIfNull(meta);
        await PostSignUpAsync();
        var start = await Page.APIRequest.GetAsync("/api/integrations/whatsapp/connect", new() { MaxRedirects = 0 });
        var back = await meta.ApproveAsync(new Uri(start.Headers["location"]), wabas);
        await Page.GotoAsync(back.ToString());
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Inbox");
    }

    /// <summary>What the form sends; the cookies are the browser's.</summary>
    public async Task PostSignUpAsync()
    {
        var page = await (await Page.APIRequest.GetAsync("/auth/signup")).TextAsync();
        var form = Page.APIRequest.CreateFormData();
        form.Set("__RequestVerificationToken", Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)").Groups[1].Value);
        form.Set("Email", Email);
        form.Set("Password", Password);
        var answer = await Page.APIRequest.PostAsync("/auth/signup", new() { Form = form, MaxRedirects = 0 });
        answer.Headers["location"].ShouldBe("/onboarding/whatsapp");
    }

    /// <summary>Has another browser be signed in as this one is.</summary>
    public async Task ShareSignInAsync(Visitor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var cookies = await _context.CookiesAsync();
        await other._context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path }));
    }

    public async Task SignInAsync()
    {
        await Page.GotoAsync("/auth/login");
        await Page.GetByLabel("Email").FillAsync(Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await Page.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Presses Connect WhatsApp, leaves only these WABAs ticked, and continues.</summary>
    public async Task ConnectAsync(params string[] wabas)
    {
        await GoToOnboardingAsync();
        await Button("Connect WhatsApp").First.ClickAsync();
        await ContinueAtMetaAsync(wabas);
    }

    /// <summary>Opens the line of the numbers, unless trouble has opened it.</summary>
    public async Task OpenNumbersAsync()
    {
        if (await Page.Locator("#numbers-fold[open]").CountAsync() is 0)
            await Page.Locator("#numbers-line").ClickAsync();
    }

    /// <summary>Leaves only these WABAs ticked at Meta, and continues.</summary>
    public async Task ContinueAtMetaAsync(params string[] wabas)
    {
        await Button("Continue").WaitForAsync();
        var ticked = await Page.GetByRole(AriaRole.Checkbox).EvaluateAllAsync<int>("(boxes, wabas) => boxes.filter((box) => { box.checked = wabas.includes(box.value); return box.checked; }).length", wabas);
        ticked.ShouldBe(wabas.Length);
        await Button("Continue").ClickAsync();
    }

    /// <summary>Presses Connect WhatsApp in the popup's sample, and chooses this WABA and its oldest number in Meta's window unless told otherwise.</summary>
    public async Task<IPage> ConnectByPopupAsync(string waba, string ending = "finish", string button = "Connect WhatsApp")
    {
        await GoToOnboardingAsync();
        var popup = await OpenPopupAsync(button);
        await popup.Locator($"input[name=account][value='{waba}']").CheckAsync();
        await EndAsync(popup, ending);
        return popup;
    }

    public Task<IPage> OpenPopupAsync(string button = "Connect WhatsApp") => SeePopupAsync(() => Button(button).ClickAsync());

    /// <summary>The window that this opens, once there is something in it: the clock of the page never moves again after one was closed that was still loading.</summary>
    public async Task<IPage> SeePopupAsync(Func<Task> open)
    {
        var popup = await Page.RunAndWaitForPopupAsync(open);
        await popup.WaitForLoadStateAsync();
        return popup;
    }

    /// <summary>Ends Meta's window by one of the ways under Try an ending.</summary>
    public static async Task EndAsync(IPage popup, string ending)
    {
        if (ending is not "cancel")
            await popup.GetByText("Try an ending").ClickAsync();
        await popup.Locator($"button[name=ending][value={ending}]").ClickAsync();
    }

    /// <summary>The dashboard's button leads to the page with the other.</summary>
    private async Task GoToOnboardingAsync()
    {
        if (new Uri(Page.Url).AbsolutePath is not "/dashboard")
            return;
        await OpenNumbersAsync();
        await Button("Connect WhatsApp").First.ClickAsync();
        await SeeOnboardingAsync();
    }

    private async Task SeeOnboardingAsync()
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/onboarding/whatsapp"));
        // Until then a button of the same name is there, for browsers without script.
        if (_script)
            await Page.WaitForFunctionAsync("() => customElements.get('whatsapp-connect')");
    }

    /// <summary>Looks at the page: it must be accessible, fit its screen and not complain.</summary>
    public async Task LookAsync(string name)
    {
        await FitsAsync(name);
        var axe = await Page.RunAxe();
        axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ShouldBeEmpty(name);
        _complaints.ShouldBeEmpty(name);
    }

    /// <summary>Looks at the page on a phone, and whether it fits a computer's screen too.</summary>
    public async Task LookAtBothAsync(string name)
    {
        await ResizeAsync(phone: false);
        await FitsAsync(name);
        await ResizeAsync(phone: true);
        await LookAsync(name);
        await ResizeAsync(_phone);
    }

    /// <summary>The page must fit both screens, and keeps a picture of each; for what is looked at closer elsewhere.</summary>
    public async Task FitsBothAsync(string name)
    {
        foreach (var phone in (bool[])[!_phone, _phone])
        {
            await ResizeAsync(phone);
            await FitsAsync(name);
        }
    }

    /// <summary>The page must fit its screen; where pictures are asked for, it keeps one.</summary>
    public async Task FitsAsync(string name)
    {
        await PictureAsync(name);
        var overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{name} is wider than its screen");
    }

    /// <summary>Keeps a picture of the page where pictures are asked for, and no more: without script nothing can look closer.</summary>
    public async Task PictureAsync(string name)
    {
        if (!Pictures)
            return;
        var size = Page.ViewportSize!.Width < 600 ? "phone" : "desktop";
        await Page.ScreenshotAsync(new() { Path = Path.Combine(SampleProcess.Metadata("Screenshots"), $"{name}-{size}.png"), FullPage = true });
    }

    public Task ResizeAsync(bool phone) => phone ? Page.SetViewportSizeAsync(360, 740) : Page.SetViewportSizeAsync(1280, 800);

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await _limit.DisposeAsync();
        await _context.DisposeAsync();
    }

    private static string Describe(AxeResultItem violation) => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}";
}
