using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>An app as a stranger writes it who has the packages and nothing else, with an account that has connected over HTTP.</summary>
public sealed class PackagedHost : IAsyncLifetime
{
    private const string VerifyToken = "a-verify-token-of-32-characters-or-more";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packages-");
    private WebApplication? _app;

    public MetaEmulator Meta { get; private set; } = null!;

    public EmulatedNumber Number { get; private set; } = null!;

    public PhoneNumberId From => PhoneNumberId.Parse(Number.Id);

    public AccessToken Token { get; private set; } = null!;

    public IGraphClient Graph => _app!.Services.GetRequiredService<IGraphClient>();

    public async ValueTask InitializeAsync()
    {
        Meta = await MetaEmulator.StartAsync();
        Number = Meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub").AddNumber("+1 631-555-0100", "Lucky Shrub");

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsAppOnboarding:AppId"] = Meta.AppId,
            ["WhatsAppOnboarding:AppSecret"] = Meta.AppSecret,
            ["WhatsAppOnboarding:GraphBaseAddress"] = Meta.Address.ToString(),
            ["WhatsAppOnboarding:DialogBaseAddress"] = Meta.Address.ToString(),
            ["WhatsAppOnboarding:WebhookVerifyToken"] = VerifyToken,
        });
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorization();
        builder.Services.AddDbContext<AppDbContext>(options => options.UseSqlite($"Data Source={_folder.FullName}/app.db;Pooling=False"));
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding")).AddEntityFrameworkStores<AppDbContext>();

        _app = builder.Build();
        await using (var scope = _app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.EnsureCreatedAsync();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapPost("/sign-in", (HttpContext http) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", "acme")], "test"))));
        _app.MapWhatsAppOnboarding().RequireAuthorization();
        _app.MapWhatsAppWebhooks();
        await _app.StartAsync();

        var address = new Uri(_app.Urls.First());
        (await Meta.Webhooks.ConfigureAsync(new Uri(address, "/webhooks/whatsapp"), VerifyToken)).ShouldBeTrue();
        await ConnectAsync(address);
        Token = await TokenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        await Meta.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Signs in, presses Connect WhatsApp, consents at Meta and comes back.</summary>
    private async Task ConnectAsync(Uri address)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        (await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), null)).EnsureSuccessStatusCode();
        using var pressed = await browser.GetAsync(new Uri("/api/integrations/whatsapp/connect", UriKind.Relative));
        using var back = await browser.GetAsync(await Meta.ApproveAsync(pressed.Headers.Location!));
        back.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        back.Headers.Location!.OriginalString.ShouldStartWith("/dashboard?whatsapp=connected");
    }

    private async Task<AccessToken> TokenAsync()
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var token = await scope.ServiceProvider.GetRequiredService<IWhatsAppAccounts>().GetTokenAsync(AccountId.Parse("acme"), From);
        token.Available.ShouldBeTrue(token.Code);
        return token.Token!;
    }

    private sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
    }
}
