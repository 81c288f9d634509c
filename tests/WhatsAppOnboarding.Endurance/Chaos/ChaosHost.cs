using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// A node as a process of its own, to be killed: <c>chaos-host [database] [intake] [failures until an item is parked] [seconds a delivery may take] [neighbours?]</c>.
/// Says its port and runs until then; with <c>neighbours</c> two tenants fail in everything, and it says which effects are committed, and when.
/// </summary>
internal static class ChaosHost
{
    public const string Command = "chaos-host";
    public const string Neighbours = "neighbours";

    /// <summary>The intake of the stores over Entity Framework; any other is the address of a broker.</summary>
    public const string Inbox = "inbox";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var database, var intake, var parkAfter, var seconds, .. var more])
            return 2;
        var areSomeBad = more is [Neighbours];
        await using var app = await Hosts.StartLibraryAsync<ChaosHandler>(
            library =>
            {
                library.Services.AddSingleton(new ChaosTroubles(areSomeBad));
                library.Services.AddDbContext<EnduranceContext>(options =>
                {
                    EnduranceContext.Use(options, database);
                    if (areSomeBad)
                        options.AddInterceptors(new SayCommitted());
                });
                library.AddEntityFrameworkStores<EnduranceContext>();
                UseIntake(library, intake);
            },
            new()
            {
                ["WhatsAppOnboarding:Webhooks:ParkAfterFailures"] = parkAfter,
                ["WhatsAppOnboarding:Webhooks:DeliveryTimeout"] = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)).ToString(),
            },
            async services =>
            {
                for (var tenant = 0; tenant < ChaosTenants.All; tenant++)
                    await Hosts.HoldAsync(services, ChaosTenants.AccountOf(tenant), ChaosTenants.NumberOf(tenant), ChaosTenants.WabaOf(tenant));
            });
        Console.WriteLine(Hosts.PortOf(app));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static void UseIntake(WhatsAppOnboardingBuilder library, string intake)
    {
        if (intake != Inbox)
            library.AddRabbitMqIntake(options => options.Uri = intake);
    }

    private sealed class SayCommitted : SaveChangesInterceptor
    {
        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            var now = DateTime.UtcNow.Ticks;
            foreach (var effect in eventData.Context!.ChangeTracker.Entries<Effect>())
                Console.WriteLine($"{now} {effect.Entity.Key}");
            return ValueTask.FromResult(result);
        }
    }
}
