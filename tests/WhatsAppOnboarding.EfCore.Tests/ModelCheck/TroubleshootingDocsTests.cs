using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;
using static WhatsAppOnboarding.Tests.Framework.GeneratedTable;

namespace WhatsAppOnboarding.EfCore.Tests.ModelCheck;

/// <summary>docs/troubleshooting.md shows what a host says at its start about each mistake: every row was made here, in a host outside Development that has just this one.</summary>
public sealed class TroubleshootingDocsTests
{
    private static readonly Mistake[] Stopping =
    [
        new("`AppId` is not set", Settings: settings => settings.Remove("AppId")),
        new("`AppSecret` is not set", Settings: settings => settings.Remove("AppSecret")),
        new("`AppSecret` was copied with what stands beside it", Settings: settings => settings["AppSecret"] += "\n"),
        new("`WebhookVerifyToken` is not set, or short", Settings: settings => settings["WebhookVerifyToken"] = "secret"),
        new("`PublicOrigin` is not set, has a path, or is no https", Settings: settings => settings["PublicOrigin"] = "https://app.example.com/shop"),
        new("`GraphApiVersion` is no version", Settings: settings => settings["GraphApiVersion"] = "25"),
        new("A setting is misspelt", Settings: settings => settings["ConfigId"] = "9876543210"),
        new("A value cannot be read", Settings: settings => settings["NumberChoice"] = "Some"),
        new("`AddWhatsAppOnboarding(builder.Configuration)`", Register: builder => builder.Services.AddWhatsAppOnboarding(builder.Configuration)),
        new("A policy is named that nobody added", Settings: settings => settings["ManagePolicy"] = "admins"),
        new("Routes are mapped, and the library is not registered", Register: _ => { }),
        new("A webhook handler is registered by itself", Register: builder => Whole(builder).Services.AddScoped<IWebhookHandler, Handler>()),
        new("The links' page is mapped without a name", Map: app => app.MapWhatsAppLinks()),
        new("The `DbContext` is not registered", Register: builder => Library(builder).AddEntityFrameworkStores<PlainContext>()),
        new("The model lacks the library's tables", Register: builder => Library(builder, services => services.AddDbContext<AppDbContext>(Sqlite)).AddEntityFrameworkStores<AppDbContext>()),
        new("Stores of two contexts", Register: builder => Whole(builder).AddEntityFrameworkStores<AppDbContext>()),
        new("`SharedNumbers` is `Refuse`, and the model would let two accounts in", Settings: settings => settings["SharedNumbers"] = "Refuse"),
    ];

    private static readonly Mistake[] Warned =
    [
        new("Data Protection keys are not persisted", Register: builder =>
        {
            Whole(builder);
            builder.Services.RemoveAll<IConfigureOptions<KeyManagementOptions>>();
        }),
        new("The request log is on", Register: builder =>
        {
            Whole(builder);
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information);
        }),
        new("There is no store", Register: builder => Library(builder)),
        new("`app.MapWhatsAppWebhooks()` was forgotten", Map: app => app.MapWhatsAppOnboarding().RequireAuthorization()),
        new("`app.MapWhatsAppOnboarding()` was forgotten", Map: app => app.MapWhatsAppWebhooks()),
        new("There is no webhook handler", Register: builder => Library(builder, services => services.AddDbContext<PlainContext>(Sqlite), handles: false).AddEntityFrameworkStores<PlainContext>()),
        new("Nobody can sign in", Register: builder => Whole(builder, signIn: services => services.AddAuthorization())),
        new("`AddAuthorization()` was forgotten", Register: builder => Whole(builder, signIn: services => services.AddAuthentication("cookie").AddCookie("cookie"))),
    ];

    [Fact]
    public async Task What_stops_a_start_stands_on_the_page_with_its_cure()
    {
        var said = await Task.WhenAll(Stopping.Select(async mistake => (mistake.What, Text: await RefusedAsync(mistake))));
        said.Length.ShouldBeGreaterThan(10);
        ShouldStandIn("troubleshooting.md", "stops", [Line("what is wrong", "what the host says"), Line("---", "---"), .. said.Select(one => Line(one.What, one.Text))]);
    }

    [Fact]
    public async Task What_a_start_warns_of_stands_there_too()
    {
        (await WarningsAsync(new("nothing"))).ShouldBeEmpty("a whole host is not warned of anything");
        var said = await Task.WhenAll(Warned.Select(async mistake => (mistake.What, Line: (await WarningsAsync(mistake)).ShouldHaveSingleItem(mistake.What))));
        ShouldStandIn("troubleshooting.md", "warnings", [Line("what is wrong", "event", "what the log says"), Line("---", "---", "---"), .. said.Select(one => Line(one.What, $"{one.Line.EventId}", one.Line.Text))]);
    }

    private static async Task<string> RefusedAsync(Mistake mistake)
    {
        var refusal = await Should.ThrowAsync<Exception>(async () =>
        {
            await using var app = Build(mistake, new CollectedLogs());
            await app.StartAsync(TestContext.Current.CancellationToken);
        }, mistake.What);
        var text = refusal is OptionsValidationException { Failures: var failures } ? failures.ShouldHaveSingleItem(mistake.What) : refusal.ShouldBeOfType<InvalidOperationException>(mistake.What).Message;
        return text.Replace("\n-", "", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(int EventId, string Text)>> WarningsAsync(Mistake mistake)
    {
        var logs = new CollectedLogs();
        await using var app = Build(mistake, logs);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        return [.. logs.Lines.Where(line => line.Category.EndsWith(".StartupWarnings", StringComparison.Ordinal) && line.Level >= LogLevel.Warning)
            .Select(line => (line.EventId, line.Text[..line.Text.IndexOf(" {OriginalFormat}", StringComparison.Ordinal)].Replace(" Category=Microsoft.AspNetCore.Hosting.Diagnostics;", "", StringComparison.Ordinal)))];
    }

    private static WebApplication Build(Mistake mistake, CollectedLogs logs)
    {
        Dictionary<string, string?> settings = new()
        {
            ["AppId"] = "123456789",
            ["AppSecret"] = "secret",
            ["PublicOrigin"] = "https://app.example.com",
            ["WebhookVerifyToken"] = new string('v', 32),
        };
        mistake.Settings?.Invoke(settings);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        // The sample's own settings lie beside the tests.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(entry => KeyValuePair.Create("WhatsAppOnboarding:" + entry.Key, entry.Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        (mistake.Register ?? (one => Whole(one)))(builder);
        var app = builder.Build();
        (mistake.Map ?? (one =>
        {
            one.MapWhatsAppOnboarding().RequireAuthorization();
            one.MapWhatsAppWebhooks();
        }))(app);
        return app;
    }

    private static WhatsAppOnboardingBuilder Whole(WebApplicationBuilder builder, Action<IServiceCollection>? signIn = null) =>
        Library(builder, services => services.AddDbContext<PlainContext>(Sqlite), signIn: signIn).AddEntityFrameworkStores<PlainContext>();

    private static WhatsAppOnboardingBuilder Library(WebApplicationBuilder builder, Action<IServiceCollection>? context = null, bool handles = true, Action<IServiceCollection>? signIn = null)
    {
        (signIn ?? (services => services.AddAuthorization().AddAuthentication("cookie").AddCookie("cookie")))(builder.Services);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "no-keys")));
        context?.Invoke(builder.Services);
        var library = builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"));
        return handles ? library.AddWebhookHandler<Handler>() : library;
    }

    private static void Sqlite(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=:memory:");

    private sealed record Mistake(string What, Action<Dictionary<string, string?>>? Settings = null, Action<WebApplicationBuilder>? Register = null, Action<WebApplication>? Map = null);

    /// <summary>A host's own, which the library's line was not written in.</summary>
    private sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options);

    private sealed class Handler : IWebhookHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
