using System.Globalization;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>
/// <c>bench endpoint</c>, <c>bench inbox [database]</c> and <c>bench routing [database] [numbers]</c>, where the database is an empty one of PostgreSQL.
/// </summary>
internal static class BenchCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        IReadOnlyList<Result>? results = args switch
        {
            ["endpoint"] => [ParsingBench.Run(), .. await EndpointBench.RunAsync()],
            ["inbox", var database] => await new InboxBench(database).RunAsync(),
            ["routing", var database] => await RoutingBench.RunAsync(database, 1_000_000),
            ["routing", var database, var numbers] => await RoutingBench.RunAsync(database, int.Parse(numbers, CultureInfo.InvariantCulture)),
            _ => null,
        };
        if (results is null)
        {
            Console.Error.WriteLine("bench endpoint | bench inbox [database] | bench routing [database] [numbers]");
            return 2;
        }

        foreach (var result in results)
            Console.WriteLine(result);
        return results.All(result => result.Holds) ? 0 : 1;
    }
}
