using System.Net;
using Microsoft.AspNetCore.Identity;
using WebHost.Accounts;
using WebHost.Data;
using WhatsAppOnboarding.Testing;

namespace WebHost.Demo;

/// <summary>
/// <c>dotnet run --project samples/WebHost -- --demo</c>: an account that is connected and has forty conversations, in a database that is new at each start, among the
/// temporary files. Only with the emulated Meta: who opens <c>/demo</c> is signed in.
/// </summary>
public static partial class DemoSetup
{
    public const string Switch = "--demo";

    // Lucky Shrub's, which have three numbers.
    private static readonly string[] Wabas = ["200000000000001", "200000000000002"];

    private const string Page = "/demo";
    private const string Email = "demo@shop.example";

    /// <summary>Takes a database that nobody misses.</summary>
    public static void UseDemo(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!string.IsNullOrEmpty(builder.Configuration["WhatsAppOnboarding:AppId"]))
            throw new InvalidOperationException($"{Switch} is for the emulated Meta: start without WhatsAppOnboarding:AppId.");
        builder.Configuration["WhatsAppOnboarding:NumberChoice"] = "All";
        builder.Configuration["Database:Provider"] = "Sqlite";
        builder.Configuration["ConnectionStrings:Default"] = $"Data Source={Path.Combine(Directory.CreateTempSubdirectory("frontdesk-demo-").FullName, "demo.db")}";
    }

    /// <summary>Fills it once it listens, and signs in whoever opens the demo.</summary>
    public static void MapDemo(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet(Page, async (UserManager<AppUser> users, SignInManager<AppUser> signIn) =>
        {
            await signIn.SignInAsync((await users.FindByEmailAsync(Email))!, isPersistent: false);
            return TypedResults.LocalRedirect("~/dashboard");
        });
        app.Lifetime.ApplicationStarted.Register(() => _ = FillAsync(app));
    }

    private static async Task FillAsync(WebApplication app)
    {
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            var user = new AppUser { AccountId = "demo", UserName = Email, Email = Email };
            await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().CreateAsync(user);
            var meta = app.Services.GetRequiredService<MetaEmulator>();
            var origin = new Uri(app.Urls.First().Replace("*", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
            await ConnectAsync(meta, origin);
            var numbers = Wabas.SelectMany(id => meta.World.FindWaba(id)!.Numbers).ToList();
            await new DemoSeed(scope.ServiceProvider.GetRequiredService<AppDbContext>(), AccountId.Parse(user.AccountId), numbers).RunAsync(meta, CancellationToken.None);
            LogReady(app.Logger, new Uri(origin, Page));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(app.Logger, exception);
        }
    }

    /// <summary>What a person does in the browser.</summary>
    private static async Task ConnectAsync(MetaEmulator meta, Uri origin)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = origin };
        using var signedIn = await browser.GetAsync(new Uri(Page, UriKind.Relative));
        using var pressed = await browser.GetAsync(new Uri("/api/integrations/whatsapp/connect", UriKind.Relative));
        var back = await meta.ApproveAsync(pressed.Headers.Location!, Wabas);
        using var done = await browser.GetAsync(back);
    }

    [LoggerMessage(1, LogLevel.Information, "The demo is ready: open {Address}")]
    private static partial void LogReady(ILogger logger, Uri address);

    [LoggerMessage(2, LogLevel.Error, "The demo could not be filled")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
