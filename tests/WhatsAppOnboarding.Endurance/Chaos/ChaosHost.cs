using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>The host as a process of its own, to be killed: <c>chaos-host [database]</c>. Says its port and runs until then.</summary>
internal static class ChaosHost
{
    public const string Command = "chaos-host";
    public const int Tenants = 8;
    public const int ParkAfterFailures = 12;

    public static string AccountOf(int tenant) => $"account-{tenant}";

    public static string NumberOf(int tenant) => $"10600000000000{tenant}";

    public static string WabaOf(int tenant) => $"52400000000000{tenant}";

    public static async Task<int> RunAsync(string database)
    {
        await using var app = await Hosts.StartLibraryAsync<ChaosHandler>(
            library =>
            {
                library.Services.AddDbContext<EnduranceContext>(options => EnduranceContext.Use(options, database));
                library.AddEntityFrameworkStores<EnduranceContext>();
            },
            new() { ["WhatsAppOnboarding:Webhooks:ParkAfterFailures"] = $"{ParkAfterFailures}" },
            async services =>
            {
                for (var tenant = 0; tenant < Tenants; tenant++)
                    await Hosts.HoldAsync(services, AccountOf(tenant), NumberOf(tenant), WabaOf(tenant));
            });
        Console.WriteLine(Hosts.PortOf(app));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
