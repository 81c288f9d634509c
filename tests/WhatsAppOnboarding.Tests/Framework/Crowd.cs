using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Many accounts that connect in one process, each its own WABA, with the stores in memory and a log of warnings alone.</summary>
public static class Crowd
{
    public static Task<TheHost> StartAsync() => TheHost.StartAsync(setup => setup.Services.Configure<LoggerFilterOptions>(filter =>
    {
        filter.Rules.Clear();
        filter.MinLevel = LogLevel.Warning;
    }));

    /// <summary>Lets so many new accounts connect, so many at once; all must succeed. What is measured is from the posted codes to the outcomes.</summary>
    public static async Task<(TimeSpan Elapsed, TimeSpan Cpu, long Allocated)> ConnectAsync(TheHost host, string prefix, int accounts, int atOnce)
    {
        var grants = new List<(HttpClient Client, string Code, string State)>();
        foreach (var name in Enumerable.Range(0, accounts).Select(account => $"{prefix}-{account}"))
        {
            var waba = host.Meta.World.AddBusiness(name).AddWaba(name);
            waba.AddNumber("+1 631-555-0100", "One");
            var client = host.OpenApi(name);
            var (code, state) = await client.GrantAsync(host, waba.Id);
            grants.Add((client, code, state));
        }

        var (started, cpu, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        foreach (var some in grants.Chunk(atOnce))
        {
            var codes = await Task.WhenAll(some.Select(async grant => await ApiConnect.CodeOf(await grant.Client.FinishAsync(grant.Code, grant.State))));
            codes.ShouldAllBe(code => code == "connected");
        }

        var measured = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        foreach (var (client, _, _) in grants)
            client.Dispose();
        return measured;
    }
}
