using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;

namespace WebHost.BrowserTests.Component;

/// <summary>
/// The real service, signed in by bearer tokens alone, and a front end on another origin and another site, as docs/component.md says how. Nothing
/// between browser, service and Meta is played.
/// </summary>
public sealed class BearerService : IAsyncDisposable
{
    private readonly WebApplication _service;
    private readonly WebApplication _page;

    private BearerService(WebApplication service, WebApplication page) => (_service, _page) = (service, page);

    /// <summary>Where the front end is, under a name that is another site than the service's.</summary>
    public Uri Page => new UriBuilder(_page.Urls.First()) { Host = "localhost" }.Uri;

    /// <summary>What browsers asked of the service: method, path, and what they signed it with.</summary>
    public ConcurrentQueue<(string Method, string Path, string Authorization, string Cookie)> Requests { get; } = new();

    /// <param name="meta">The Meta that is asked.</param>
    /// <param name="allowed">Whether the service allows the front end's origin.</param>
    /// <param name="token">What the front end signs its requests with.</param>
    public static async Task<BearerService> StartAsync(MetaEmulator meta, bool allowed = true, string token = "token-of-acme")
    {
        ArgumentNullException.ThrowIfNull(meta);
        var page = Builder().Build();
        var at = "";
        page.MapGet("/", context => WriteAsync(context, at, meta.Address.GetLeftPart(UriPartial.Authority), token));
        await page.StartAsync();
        var origin = new UriBuilder(page.Urls.First()) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);

        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsAppOnboarding:AppId"] = meta.AppId,
            ["WhatsAppOnboarding:AppSecret"] = meta.AppSecret,
            ["WhatsAppOnboarding:WebhookVerifyToken"] = new string('v', 40),
            ["WhatsAppOnboarding:ConfigurationId"] = "400000000000001",
            ["WhatsAppOnboarding:GraphBaseAddress"] = meta.Address.ToString(),
            ["WhatsAppOnboarding:DialogBaseAddress"] = meta.Address.ToString(),
            ["WhatsAppOnboarding:SdkAddress"] = new Uri(meta.Address, "/en_US/sdk.js").ToString(),
        });
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(allowed ? origin : "https://app.example.com").WithHeaders("authorization", "content-type").WithMethods("GET", "POST")));
        builder.Services.AddAuthentication("bearer").AddScheme<AuthenticationSchemeOptions, Tokens>("bearer", null);
        builder.Services.AddAuthorization();
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        var app = builder.Build();
        var service = new BearerService(app, page);
        app.Use(service.RecordAsync);
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapWhatsAppOnboarding().RequireAuthorization();
        app.MapWhatsAppWebhooks();
        await app.StartAsync();

        at = app.Urls.First();
        return service;
    }

    public async Task<OnboardingStatus> StatusOfAsync(string account)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IWhatsAppAccounts>().GetStatusAsync(AccountId.Parse(account));
    }

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        await _service.DisposeAsync();
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    private static Task WriteAsync(HttpContext context, string service, string meta, string token)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'nonce-bm9uY2U' {service} {meta}; connect-src {service}";
        return context.Response.WriteAsync($$"""
            <!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Front end</title>
            <script type="module" src="{{service}}/integrations/whatsapp/whatsapp-connect.js"></script></head>
            <body><main><h1>Channels</h1>
            <whatsapp-connect nonce="bm9uY2U" connect-path="{{service}}/api/integrations/whatsapp/connect"><p>Connecting needs the service.</p></whatsapp-connect></main>
            <script type="module" nonce="bm9uY2U">
              const token = () => '{{token}}';
              document.querySelector('whatsapp-connect').fetch = (address, request) =>
                fetch(address, { ...request, headers: { ...request.headers, Authorization: `Bearer ${token()}` } });
            </script></body></html>
            """);
    }

    private Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue((context.Request.Method, context.Request.Path, context.Request.Headers.Authorization.ToString(), context.Request.Headers.Cookie.ToString()));
        return next(context);
    }

    private sealed class Tokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers.Authorization == "Bearer token-of-acme"
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", "acme")], Scheme.Name)), Scheme.Name))
            : AuthenticateResult.NoResult());
    }
}
