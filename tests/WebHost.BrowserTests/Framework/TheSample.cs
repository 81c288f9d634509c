using Microsoft.Playwright;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Testing;

[assembly: AssemblyFixture(typeof(WebHost.BrowserTests.Framework.TheSample))]

namespace WebHost.BrowserTests.Framework;

/// <summary>One Meta, one Chromium and two samples for all tests, one without and one with the popup; each test has an account and a browser of its own.</summary>
public sealed class TheSample : IAsyncLifetime
{
    private const string Variable = "WHATSAPP_TESTS_CHROMIUM";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SampleProcess? _process;
    private SampleProcess? _popupProcess;
    private MetaEmulator? _meta;

    public MetaEmulator Meta => _meta ?? throw new InvalidOperationException("There is no browser, so nothing was started.");

    public Uri Address => _process!.Address;

    /// <summary>The sample with a configuration for Meta's popup, which asks where several numbers were granted.</summary>
    public Uri PopupAddress => _popupProcess!.Address;

    /// <summary>Where the sample without the popup writes mail to.</summary>
    public string Mail => _process!.Mail;

    public string Output => _process!.Output + _popupProcess!.Output;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } chromium)
            return;

        _meta = await MetaEmulator.StartAsync();
        var verifyToken = new string('v', 40);
        var starts = await Task.WhenAll(SampleProcess.StartAsync(Settings(_meta, verifyToken)), SampleProcess.StartAsync(PopupSettings(_meta, verifyToken)));
        (_process, _popupProcess) = (starts[0], starts[1]);
        (await _meta.Webhooks.ConfigureAsync(new Uri(_process.Address, "/webhooks/whatsapp"), verifyToken)).ShouldBeTrue();
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Neither a page nor the log of the samples holds what is secret, nor these PINs.</summary>
    public void HoldsNoSecret(string page, params string?[] pins)
    {
        foreach (var text in new[] { page, Output })
        {
            text.ShouldNotContain(Meta.AppSecret);
            foreach (var secret in Meta.World.IssuedTokens.Select(token => token.Value).Concat(Meta.World.IssuedCodes.Select(code => code.Value)))
                text.ShouldNotContain(secret);
            foreach (var pin in pins)
                text.ShouldNotMatch($@"\b{pin.ShouldNotBeNull()}\b");
        }
    }

    /// <summary>A browser window of its own; a phone's when <paramref name="phone"/> is set.</summary>
    public async Task<Visitor> OpenAsync(bool phone = false, Uri? address = null, string? locale = null, bool script = true)
    {
        Assert.SkipWhen(_browser is null, $"No browser: set {Variable} to the path of Chromium.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (address ?? Address).ToString(),
            ViewportSize = phone ? new ViewportSize { Width = 360, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
            JavaScriptEnabled = script,
        });
        return new Visitor(context, await context.NewPageAsync(), phone, script);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var process in new[] { _process, _popupProcess }.OfType<SampleProcess>())
            await process.DisposeAsync();
        if (_meta is not null)
            await _meta.DisposeAsync();
    }

    private static Dictionary<string, string> PopupSettings(MetaEmulator meta, string verifyToken) => new(Settings(meta, verifyToken))
    {
        ["WhatsAppOnboarding__ConfigurationId"] = "400000000000001",
        ["WhatsAppOnboarding__SdkAddress"] = new Uri(meta.Address, "/en_US/sdk.js").ToString(),
        ["WhatsAppOnboarding__NumberChoice"] = "Ask",
    };

    /// <summary>What a sample is started with whose Meta is this one.</summary>
    public static Dictionary<string, string> Settings(MetaEmulator meta, string verifyToken) => new()
    {
        ["WhatsAppOnboarding__AppId"] = meta.AppId,
        ["WhatsAppOnboarding__AppSecret"] = meta.AppSecret,
        ["WhatsAppOnboarding__GraphBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding__DialogBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding__WebhookVerifyToken"] = verifyToken,
        ["WhatsAppOnboarding__MaxStarts"] = "1000",
        ["WhatsAppOnboarding__MaxExchanges"] = "1000",
        ["Logging__LogLevel__Default"] = "Debug",
        ["Logging__LogLevel__WhatsAppOnboarding"] = "Trace",
    };
}
