using System.Diagnostics;
using System.Globalization;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// <c>chaos [database] [deliveries] [kills] [restart command] [broker]</c>, where the database is an empty one, as a connection string of PostgreSQL or SQLite,
/// the command restarts its server (<c>""</c>: none does), and deliveries are taken over the broker at that address, if there is one.
/// </summary>
internal static class ChaosCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var database = args is [var given, ..] ? given : $"Data Source={Path.Combine(Path.GetTempPath(), $"chaos-{Guid.NewGuid():N}.db")}";
        var deliveries = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000;
        var kills = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10;
        var started = Stopwatch.GetTimestamp();
        var neighbours = new ChaosNeighbours();
        var run = new ChaosRun(database)
        {
            Neighbours = neighbours,
            RestartCommand = args.ElementAtOrDefault(3) is { Length: > 0 } restart ? restart : null,
            Intake = args.ElementAtOrDefault(4) ?? ChaosHost.Inbox,
        };
        var count = await run.RunAsync(deliveries, kills);

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"{deliveries:N0} deliveries, {kills} kills, {run.Tries:N0} posts, {count.Items:N0} items, {count.Hopeless:N0} of them hopeless, {seconds:N0} s");
        Result[] results =
        [
            Result.AtLeast("chaos acknowledged", run.Acknowledged, "deliveries", deliveries),
            Result.AtMost("chaos lost", count.Lost, "items", 0),
            Result.AtMost("chaos effects too many", count.Doubled, "effects", 0),
            Result.AtMost("chaos hopeless and not parked", count.NotParked, "items", 0),
            Result.AtMost("chaos parked and not hopeless", count.WronglyParked, "items", 0),
            Result.AtMost("chaos left in the inbox", count.Left, "parts", 0),
            Result.AtMost("chaos out of order", count.Order.Broken, $"times (and {count.Order.Excused} after a failure or a go of five seconds)", 0),
            Result.AtMost("chaos p95 beside a tenant that hangs and one that fails, against quiet", neighbours.Ratio, $"times ({neighbours.Beside:N0} ms, {neighbours.Quiet:N0} ms)", 2),
        ];
        foreach (var result in results)
            Console.WriteLine(result);
        return results.All(result => result.Holds) ? 0 : 1;
    }
}
