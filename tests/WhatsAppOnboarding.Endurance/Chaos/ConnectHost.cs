using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// A host whose accounts connect, as a process of its own, to be killed:
/// <c>connect-host [database] [Meta's address] [app id] [app secret] [keys' folder] [minutes ahead] [turns of upkeep in the time of one]</c>.
/// Says its port and runs until then. The account stands in a header. What account events its handler was handed stands in its own table.
/// </summary>
internal static class ConnectHost
{
    public const string Command = "connect-host";
    public const string AccountHeader = "X-Account";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var database, var meta, var appId, var secret, var keys, var ahead, var turns])
            return 2;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WhatsAppOnboarding:AppId"] = appId,
            ["WhatsAppOnboarding:AppSecret"] = secret,
            ["WhatsAppOnboarding:ConfigurationId"] = "9876543210",
            ["WhatsAppOnboarding:GraphBaseAddress"] = meta,
            ["WhatsAppOnboarding:DialogBaseAddress"] = meta,
            ["WhatsAppOnboarding:WebhookVerifyToken"] = "a-verify-token-that-is-long-enough-for-it",
            ["WhatsAppOnboarding:MaxStarts"] = "100000",
            ["WhatsAppOnboarding:MaxExchanges"] = "100000",
        });
        builder.Services.AddSingleton<TimeProvider>(new HostClock(TimeSpan.FromMinutes(int.Parse(ahead, CultureInfo.InvariantCulture)), int.Parse(turns, CultureInfo.InvariantCulture)));
        builder.Services.AddDataProtection().SetApplicationName("endurance").PersistKeysToFileSystem(new DirectoryInfo(keys));
        builder.Services.AddDbContext<EnduranceContext>(options => EnduranceContext.Use(options, database));
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding"))
            .AddEntityFrameworkStores<EnduranceContext>()
            .AddAccountEventHandler<KeepingHandler>();

        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", AccountOf(context).ToString())], "header"));
            return next(context);
        });
        app.MapWhatsAppOnboarding();
        app.MapWhatsAppWebhooks();
        app.MapPost("/erase", async (HttpContext context) =>
        {
            await context.RequestServices.GetRequiredService<IWhatsAppAccounts>().EraseAsync(AccountOf(context), CancellationToken.None);
        });
        app.MapPost("/upkeep", (HttpContext context) => LookAfterAsync(context.RequestServices));
        app.MapGet("/books", async (HttpContext context) => await context.Response.WriteAsJsonAsync(await Books.ReadAsync(context.RequestServices, AccountOf(context))));
        await app.StartAsync();
        Console.WriteLine(Hosts.PortOf(app));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static AccountId AccountOf(HttpContext context) => AccountId.Parse(context.Request.Headers[AccountHeader] is [{ Length: > 0 } account] ? account : "nobody");

    /// <summary>A turn of what a host does by itself, to its end.</summary>
    private static async Task LookAfterAsync(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await services.GetRequiredService<IConnectAttemptStore>().PruneAsync(now, now - TimeSpan.FromDays(30));
        await services.GetRequiredService<AccountEventDelivery>().DeliverWaitingAsync(CancellationToken.None);
        await services.GetRequiredService<AttemptUndo>().RunAsync(CancellationToken.None);
        await services.GetRequiredService<AccountUpkeep>().RunAsync(CancellationToken.None);
        await services.GetRequiredService<AccountEventDelivery>().DeliverWaitingAsync(CancellationToken.None);
    }

    private sealed class KeepingHandler(EnduranceContext context) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            context.Add(new Effect { Key = accountEvent.Id.ToString() });
            return context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Runs as the system's clock does, some time ahead of it; what is done again and again is done more often.</summary>
    private sealed class HostClock(TimeSpan ahead, int turns) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            turns == 1 || period <= TimeSpan.Zero
                ? base.CreateTimer(callback, state, dueTime, period)
                : new QuickTimer(base.CreateTimer(callback, state, dueTime / turns, period / turns), turns);
    }

    private sealed class QuickTimer(ITimer timer, int turns) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            dueTime <= TimeSpan.Zero || period <= TimeSpan.Zero ? timer.Change(dueTime, period) : timer.Change(dueTime / turns, period / turns);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
