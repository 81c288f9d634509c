using System.Diagnostics;
using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary><c>fuzz [bodies] [hostile requests] [seed]</c>.</summary>
internal static class FuzzCommand
{
    private const int MaxGrowthInMegabytes = 64;

    public static async Task<int> RunAsync(string[] args)
    {
        var bodies = Given(args, 0, 1_000_000);
        var hostile = Given(args, 1, 200_000);
        var seed = Given(args, 2, 1);
        var started = Stopwatch.GetTimestamp();
        var run = new FuzzRun(seed);
        await run.RunAsync(bodies, hostile);

        Console.WriteLine($"{bodies:N0} spoilt bodies, {hostile:N0} hostile requests, seed {seed}, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        foreach (var (status, count) in run.Answers.OrderBy(answer => answer.Key))
            Console.WriteLine($"  {(status == 0 ? "closed" : status)}: {count:N0}");
        Console.WriteLine($"  memory: {run.GrowthInMegabytes:+0;-0;0} MB");
        foreach (var unexpected in run.Unexpected.Take(20))
            Console.WriteLine($"  UNEXPECTED: {unexpected}");
        return run.Unexpected.Count == 0 && run.GrowthInMegabytes <= MaxGrowthInMegabytes ? 0 : 1;
    }

    private static int Given(string[] args, int index, int otherwise) =>
        index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
}
