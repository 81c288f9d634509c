using System.Diagnostics;
using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary><c>kill-accounts [kills] [database] [seed]</c>: four at once are hit by each kill; where the database is an empty one, as a connection string of PostgreSQL or SQLite.</summary>
internal static class AccountKillsCommand
{
    private const int AtOnce = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 300;
        var database = args is [_, var given, ..] ? given : $"Data Source={Path.Combine(Path.GetTempPath(), $"kills-{Guid.NewGuid():N}.db")}";
        var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
        Console.WriteLine($"seed {seed}");
        var started = Stopwatch.GetTimestamp();
        var run = new AccountKills(database, seed);
        await run.RunAsync(kills, AtOnce);

        var count = run.Count;
        Console.WriteLine($"{kills} kills, {AtOnce} accounts at once, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        Console.WriteLine($"  begun: {string.Join(", ", run.Begun.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Console.WriteLine($"  attempts by their end: {string.Join(", ", count.Ends.OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"))}");
        Console.WriteLine($"  numbers held {count.Held}, events {count.Events}, handed over {count.Handled.Count}; steps open {count.Open}, not finished by a press {count.Unfinished}");
        Console.WriteLine($"  subscriptions for nobody {count.Leaked}, holders without one {count.Deaf}, told and not so {count.Untrue}, registered twice {count.Twice}");
        Console.WriteLine($"  events lost {count.LostEvents}, out of order {count.Disordered}, PINs lost {count.LostPins}, tokens kept too long {count.KeptTokens}");
        foreach (var problem in count.Problems)
            Console.WriteLine("  " + problem);
        return count.Wrong == 0 ? 0 : 1;
    }
}
