using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A host on a real port with the library in it, and the emulator as its Meta.</summary>
public sealed class TheHost : IAsyncDisposable
{
    public const string VerifyToken = "a-verify-token-of-32-characters-or-more";

    private TheHost(WebApplication app, MetaEmulator meta, bool ownsMeta, CollectedLogs logs)
    {
        App = app;
        Meta = meta;
        OwnsMeta = ownsMeta;
        Logs = logs;
        Address = new Uri(app.Urls.First());
    }

    public WebApplication App { get; }

    public MetaEmulator Meta { get; }

    public CollectedLogs Logs { get; }

    public Uri Address { get; }

    public RecordedEvents Events => App.Services.GetRequiredService<RecordedEvents>();

    private bool OwnsMeta { get; }

    public static async Task<TheHost> StartAsync(
        Action<HostSetup>? configure = null, MetaEmulatorOptions? metaOptions = null, MetaEmulator? meta = null)
    {
        var ownsMeta = meta is null;
        meta ??= await MetaEmulator.StartAsync(metaOptions, TestContext.Current.CancellationToken);
        var logs = new CollectedLogs();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication("test").AddPolicyScheme("test", null, scheme =>
                scheme.ForwardDefaultSelector = context => context.Request.Headers.ContainsKey("Authorization") ? "bearer" : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => cookie.LoginPath = "/auth/login")
            .AddScheme<AuthenticationSchemeOptions, BearerAccounts>("bearer", null);
        builder.Configuration.AddInMemoryCollection(Settings(meta));
        builder.Services.AddSingleton<RecordedEvents>();

        var setup = new HostSetup(builder);
        configure?.Invoke(setup);
        var keys = builder.Services.AddDataProtection().SetApplicationName("tests");
        _ = setup.KeyFolder is { } folder ? keys.PersistKeysToFileSystem(folder) : keys.UseEphemeralDataProtectionProvider();
        var library = builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        if (setup.RecordsWebhooks)
            library.AddWebhookHandler<RecordingWebhookHandler>();
        library.AddAccountEventHandler<RecordingAccountEventHandler>();
        setup.Library?.Invoke(library);

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/sign-in", (string account, HttpContext context) => context.SignInAsync(Principal(account)));
        app.MapPost("/sign-out", (HttpContext context) => context.SignOutAsync());
        app.MapGroup(setup.Prefix).MapWhatsAppOnboarding().RequireAuthorization();
        app.MapWhatsAppWebhooks();
        if (setup["Links:ServiceName"] is not null)
            app.MapWhatsAppLinks();
        setup.App?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new TheHost(app, meta, ownsMeta, logs);
        if (ownsMeta)
            await meta.Webhooks.ConfigureAsync(new Uri(host.Address, "/webhooks/whatsapp"), VerifyToken);
        return host;
    }

    /// <summary>A browser in which somebody of an account is signed in; null for nobody.</summary>
    public async Task<Browser> OpenBrowserAsync(string? account)
    {
        var browser = new Browser(this);
        if (account is not null)
            await browser.SignInAsync(account);
        return browser;
    }

    /// <summary>A program that speaks for an account with a bearer token and has no cookies.</summary>
    public HttpClient OpenApi(string? account)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        if (account is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", account);
        return client;
    }

    /// <summary>Uses a service of the library as the host's own code would.</summary>
    public async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<AccountPhoneNumbers> ReadAsync(string account) =>
        UseAsync<NumberAuthority, AccountPhoneNumbers>(store => store.ReadAsync(AccountId.Parse(account)));

    /// <summary>An account that connected these WABAs, or all, in a browser of its own.</summary>
    public async Task ConnectAsync(string account, params EmulatedWaba[] wabas)
    {
        using var browser = await OpenBrowserAsync(account);
        (await browser.ConnectAsync([.. wabas.Select(waba => waba.Id)])).ShouldBe("/dashboard?whatsapp=connected");
    }

    public Task<DisconnectResult> DisconnectAsync(string account, DisconnectScope? scope = null) =>
        UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.DisconnectAsync(AccountId.Parse(account), scope));

    public async ValueTask DisposeAsync()
    {
        foreach (var line in Logs.Lines.Where(line => line.Level >= LogLevel.Warning))
            TestContext.Current.TestOutputHelper?.WriteLine($"{line.Level} {line.Category} {line.Text}");
        await App.DisposeAsync();
        if (OwnsMeta)
            await Meta.DisposeAsync();
    }

    public static ClaimsPrincipal Principal(string accounts) => new(new ClaimsIdentity(
        [.. accounts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(account => new Claim("account_id", account))], "test"));

    private static Dictionary<string, string?> Settings(MetaEmulator meta) => new()
    {
        ["WhatsAppOnboarding:AppId"] = meta.AppId,
        ["WhatsAppOnboarding:AppSecret"] = meta.AppSecret,
        ["WhatsAppOnboarding:GraphBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding:DialogBaseAddress"] = meta.Address.ToString(),
        ["WhatsAppOnboarding:WebhookVerifyToken"] = VerifyToken,

        // Most tests are about what becomes of numbers, not about which are chosen; those of P13 are.
        ["WhatsAppOnboarding:NumberChoice"] = "All",
    };
}

/// <summary>What a test may change of a host before it starts.</summary>
public sealed class HostSetup(WebApplicationBuilder builder)
{
    public IServiceCollection Services => builder.Services;

    public Action<WhatsAppOnboardingBuilder>? Library { get; set; }

    /// <summary>Further routes and middleware of the host, mapped after the library's.</summary>
    public Action<WebApplication>? App { get; set; }

    /// <summary>Whether webhooks are recorded, each with a copy of its whole change.</summary>
    public bool RecordsWebhooks { get; set; } = true;

    /// <summary>The host's environment; Development unless it is set.</summary>
    public string Environment
    {
        get => builder.Environment.EnvironmentName;
        set
        {
            // The web's and the host's are two.
            builder.Environment.EnvironmentName = value;
            ((IHostEnvironment)builder.Services.Single(service => service.ServiceType == typeof(IHostEnvironment)).ImplementationInstance!).EnvironmentName = value;
        }
    }

    /// <summary>What stands before the routes of the accounts' side.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Where Data Protection keys are kept, for two nodes that share them; null for keys in memory.</summary>
    public DirectoryInfo? KeyFolder { get; set; }

    public string? this[string key]
    {
        get => builder.Configuration["WhatsAppOnboarding:" + key];
        set => builder.Configuration["WhatsAppOnboarding:" + key] = value;
    }
}
