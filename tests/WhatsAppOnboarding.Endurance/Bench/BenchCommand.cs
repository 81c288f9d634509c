using System.Globalization;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary><c>bench inbox [database]</c>, or <c>bench [database] [numbers]</c>; what needs PostgreSQL is left out without an empty database of its own.</summary>
internal static class BenchCommand
{
    private const int Requests = 20_000;
    private const int RequestsWithLedger = 1_000;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["inbox", var inbox])
            return await new InboxBench(inbox).RunAsync() ? 0 : 1;
        Console.WriteLine($"parsing a delivery of 1,000 messages: {ParsingBench.MegabytesPerSecond():N0} MB/s");
        await EndpointBench.RunAsync(Requests);
        if (args is not [var database, ..])
            return 0;
        await EndpointBench.RunWithLedgerAsync(database, RequestsWithLedger);
        var numbers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var (few, many) = await RoutingBench.RunAsync(database, numbers);
        Console.WriteLine($"routing on PostgreSQL: {few:N0} µs with 1,000 numbers, {many:N0} µs with {numbers:N0}, ratio {many / few:F2}");
        return 0;
    }
}
