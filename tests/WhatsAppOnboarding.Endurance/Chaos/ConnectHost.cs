using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// A host whose accounts connect, as a process of its own, to be killed: <c>connect-host [database] [Meta's address] [app id] [app secret] [keys' folder] [minutes ahead]</c>.
/// Says its port and runs until then. The account stands in a header.
/// </summary>
internal static class ConnectHost
{
    public const string Command = "connect-host";
    public const string AccountHeader = "X-Account";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var database, var meta, var appId, var secret, var keys, var ahead])
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
        });
        builder.Services.AddSingleton<TimeProvider>(new ClockAhead(TimeSpan.FromMinutes(int.Parse(ahead, CultureInfo.InvariantCulture))));
        builder.Services.AddDataProtection().SetApplicationName("endurance").PersistKeysToFileSystem(new DirectoryInfo(keys));
        builder.Services.AddDbContext<EnduranceContext>(options => EnduranceContext.Use(options, database));
        builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection("WhatsAppOnboarding")).AddEntityFrameworkStores<EnduranceContext>();

        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("account_id", context.Request.Headers[AccountHeader].ToString())], "header"));
            return next(context);
        });
        app.MapWhatsAppOnboarding();
        app.MapWhatsAppWebhooks();
        await app.StartAsync();
        Console.WriteLine(Hosts.PortOf(app));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>Runs as the system's clock does, some time ahead of it.</summary>
    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
