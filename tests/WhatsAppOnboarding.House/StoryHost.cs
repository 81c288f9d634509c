using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.House;

/// <summary>A host with the library, a database and handlers, in which one account is always signed in.</summary>
internal sealed class StoryHost(WebApplication app) : IAsyncDisposable
{
    private static int s_handled;

    /// <summary>How many webhook events came to the host's handler.</summary>
    public static int Handled => s_handled;

    public Uri Address => new(app.Urls.First());

    public static async Task<StoryHost> StartAsync(MetaEmulator meta, DirectoryInfo folder, bool takesWebhooks)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddDataProtection().SetApplicationName("house").PersistKeysToFileSystem(folder);
        builder.Services.AddDbContext<StoryContext>(options => options.UseSqlite($"Data Source={folder.FullName}/house.db;Pooling=False"));
        Stories.AddLibrary(builder, new Dictionary<string, string?>
        {
            ["AppId"] = meta.AppId,
            ["AppSecret"] = meta.AppSecret,
            ["GraphBaseAddress"] = meta.Address.ToString(),
            ["DialogBaseAddress"] = meta.Address.ToString(),
            ["WebhookVerifyToken"] = "a-verify-token-of-32-characters-or-more",
            ["ConfigurationId"] = "9876543210",

            // What looks into the inbox every second is part of no other story.
            ["Webhooks:UseInbox"] = takesWebhooks ? "true" : "false",
        }).AddEntityFrameworkStores<StoryContext>().AddWebhookHandler<Handler>().AddAccountEventHandler<Handler>();

        var app = builder.Build();
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<StoryContext>().Database.EnsureCreatedAsync();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", "acme")], "house"));
            return next(context);
        });
        app.UseAuthorization();
        app.MapWhatsAppOnboarding().RequireAuthorization();
        app.MapWhatsAppWebhooks();
        await app.StartAsync();
        return new StoryHost(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Handler : IWebhookHandler, IAccountEventHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            _ = webhookEvent.Content;
            Interlocked.Increment(ref s_handled);
            return Task.CompletedTask;
        }

        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>The host's database: the library's tables and nothing else.</summary>
internal sealed class StoryContext(DbContextOptions<StoryContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
}
