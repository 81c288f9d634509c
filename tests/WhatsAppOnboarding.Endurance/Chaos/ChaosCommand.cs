using System.Diagnostics;
using System.Globalization;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary><c>chaos [database] [deliveries] [kills]</c>, where the database is an empty one, as a connection string of PostgreSQL or SQLite.</summary>
internal static class ChaosCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var database = args is [var given, ..] ? given : $"Data Source={Path.Combine(Path.GetTempPath(), $"chaos-{Guid.NewGuid():N}.db")}";
        var deliveries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        var kills = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;
        var started = Stopwatch.GetTimestamp();
        var run = new ChaosRun(database);
        await run.RunAsync(deliveries, kills);

        Console.WriteLine($"{deliveries:N0} deliveries, {kills} kills, {run.Tries:N0} posts, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        Console.WriteLine($"  acknowledged {run.Acknowledged:N0}; items {run.Items:N0}, lost {run.Lost:N0}, effects too many {run.Doubled:N0}; poison {run.Poison:N0}, parked {run.Parked:N0}");
        return run.Acknowledged == deliveries && run.Lost == 0 && run.Doubled == 0 && run.Parked == run.Poison ? 0 : 1;
    }
}
