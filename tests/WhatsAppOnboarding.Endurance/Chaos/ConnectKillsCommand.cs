using System.Diagnostics;
using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary><c>kill-connects [connects] [database]</c>: ten at once are hit by each kill; where the database is an empty one, as a connection string of PostgreSQL or SQLite.</summary>
internal static class ConnectKillsCommand
{
    private const int AtOnce = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        var connects = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var database = args is [_, var given, ..] ? given : $"Data Source={Path.Combine(Path.GetTempPath(), $"kills-{Guid.NewGuid():N}.db")}";
        var started = Stopwatch.GetTimestamp();
        var run = new ConnectKills(database);
        await run.RunAsync(connects / AtOnce, AtOnce);

        Console.WriteLine($"{connects} connects killed, {AtOnce} at once, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        Console.WriteLine($"  saved {run.Saved}, of these registered before the kill {run.Registered}, open {run.Open}; finished by a press {run.Finished}");
        Console.WriteLine($"  attempts by their end: {string.Join(", ", run.Ends.OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"))}");
        Console.WriteLine($"  called connected without being registered {run.Lies}");
        foreach (var problem in run.Problems)
            Console.WriteLine("  " + problem);
        return run.Lies == 0 && run.Finished == run.Open && run.Problems.Count == 0 ? 0 : 1;
    }
}
