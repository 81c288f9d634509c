using Microsoft.Playwright;
using WhatsAppOnboarding.Testing;

[assembly: AssemblyFixture(typeof(WebHost.BrowserTests.Framework.TheSample))]

namespace WebHost.BrowserTests.Framework;

/// <summary>One sample, one Meta and one Chromium for all tests; each test has an account and a browser of its own.</summary>
public sealed class TheSample : IAsyncLifetime
{
    private const string Variable = "WHATSAPP_TESTS_CHROMIUM";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SampleProcess? _process;
    private MetaEmulator? _meta;

    public MetaEmulator Meta => _meta ?? throw new InvalidOperationException("There is no browser, so nothing was started.");

    public Uri Address => _process!.Address;

    public string Output => _process!.Output;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } chromium)
            return;

        _meta = await MetaEmulator.StartAsync();
        var verifyToken = new string('v', 40);
        _process = await SampleProcess.StartAsync(Settings(_meta, verifyToken));
        (await _meta.Webhooks.ConfigureAsync(new Uri(_process.Address, "/webhooks/whatsapp"), verifyToken)).ShouldBeTrue();
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser window of its own; a phone's when <paramref name="phone"/> is set.</summary>
    public async Task<Visitor> OpenAsync(bool phone = false, Uri? address = null)
    {
        Assert.SkipWhen(_browser is null, $"No browser: set {Variable} to the path of Chromium.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (address ?? Address).ToString(),
            ViewportSize = phone ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visitor(context, await context.NewPageAsync(), phone);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        if (_meta is not null)
            await _meta.DisposeAsync();
    }

    private static Dictionary<string, string> Settings(MetaEmulator meta, string verifyToken) => new()
    {
        ["WhatsAppOnboarding__AppId"] = meta.AppId,
        ["WhatsAppOnboarding__AppSecret"] = meta.AppSecret,
        ["WhatsAppOnboarding__GraphBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding__DialogBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding__WebhookVerifyToken"] = verifyToken,
        ["WhatsAppOnboarding__MaxStarts"] = "1000",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__WhatsAppOnboarding"] = "Trace",
    };
}
