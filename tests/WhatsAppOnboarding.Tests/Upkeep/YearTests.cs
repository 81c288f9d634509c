using System.Diagnostics;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>
/// Accounts with tokens of every kind lose things at Meta and get them back, by chance; what the host is told, and what counts as connected, is what a simple model says.
/// The whole year is there only in a build with <c>-p:LongTests=true</c>; WHATSAPP_TESTS_SEED repeats one.
/// </summary>
public sealed partial class YearTests
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(2);

    private readonly DateTimeOffset _begin = new Framework.ManualTimeProvider().GetUtcNow();

    [Fact]
    public Task Twenty_days_of_some_accounts_go_as_their_model_says() => RunAsync(changing: 30, quiet: 10, days: 20);

    private async Task RunAsync(int changing, int quiet, int days)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_SEED"), out var given) ? given : Random.Shared.Next();
        Say($"seed {seed}");
        var began = Stopwatch.GetTimestamp();
        await using var accounts = await TheAccounts.StartAsync();
        var chance = new Random(seed);
        var kinds = Enum.GetValues<TokenOf>();
        YearOfAccount[] all =
        [
            .. Enumerable.Range(0, changing).Select(index => new YearOfAccount(accounts, $"changing-{index:000}", kinds[index % kinds.Length], index % 7 == 3 ? 5 : 1, new Random(chance.Next()))),

            // To these nothing happens, so they have no token whose end must be told.
            .. Enumerable.Range(0, quiet).Select(index => new YearOfAccount(accounts, $"quiet-{index:000}", kinds[index % 3], index % 7 == 3 ? 5 : 1, null)),
        ];
        foreach (var account in all)
            await account.BeginAsync();

        // Nothing happens in the very instant of a look at Meta, where it could not be said which of both was first.
        accounts.Clock.Advance(TimeSpan.FromSeconds(1));
        var compared = 0;
        while (accounts.Now - _begin < TimeSpan.FromDays(days))
        {
            foreach (var account in all)
                await account.HappenAsync();
            foreach (var account in accounts.Now.Hour == 0 ? all.Where(account => account.Connected is not null) : [])
            {
                var status = await accounts.StatusAsync(account.Name);
                if (status.Connected != account.Connected)
                    Assert.Fail($"at {accounts.Now:u} {status.State} {string.Join(' ', status.Reasons.Select(reason => reason.Reason))}: {ListOf(account, accounts.Told(account.Name), seed)}");
                compared++;
            }

            await accounts.PassAsync(Step);
            accounts.Meta.Calls.Clear();
        }

        // What happened last has its turn; that a token ends then is not in the model any more.
        var end = accounts.Now;
        await accounts.PassAsync(TheAccounts.Turn);
        var counted = CallsOf(accounts, all).ToArray();
        Say($"{changing} changing and {quiet} quiet accounts, {days} days: {all.Sum(account => account.Expected.Count)} events expected, {compared} states compared");
        Say($"calls per number and day: average {counted.Average():0.00}, maximum {counted.Max():0.00}, {counted.Length} days of accounts; {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        var told = accounts.Host.Events.Account.ToLookup(one => one.AccountId.ToString());
        foreach (var account in all)
            Compare(account, [.. TheAccounts.EventsIn(told[account.Name]).Where(one => one.At <= end || !one.What.Contains("token_end", StringComparison.Ordinal) || account.Expected.Any(wanted => wanted.What == one.What && one.At <= wanted.To))], seed);
        counted.Max().ShouldBeLessThanOrEqualTo(12, $"seed {seed}");
    }

    /// <summary>Each thing once, in its time, and nothing else.</summary>
    private static void Compare(YearOfAccount account, (string What, DateTimeOffset At)[] told, int seed)
    {
        var expected = account.Expected.OrderBy(one => one.What, StringComparer.Ordinal).ThenBy(one => one.From).ToArray();
        var got = told.OrderBy(one => one.What, StringComparer.Ordinal).ThenBy(one => one.At).ToArray();
        var list = ListOf(account, told, seed);
        got.Select(one => one.What).ShouldBe(expected.Select(one => one.What), list);
        foreach (var (one, wanted) in got.Zip(expected))
            one.At.ShouldBeInRange(wanted.From, wanted.To, $"{wanted.What} of {list}");
    }

    private static string ListOf<T>(YearOfAccount account, IEnumerable<T> told, int seed) =>
        $"{account.Name}, seed {seed}; expected\n{string.Join('\n', account.Expected.OrderBy(one => one.From))}\ntold\n{string.Join('\n', told)}";

    /// <summary>The calls of each account on each whole day on which it did not connect, for each of its numbers.</summary>
    private static IEnumerable<double> CallsOf(TheAccounts accounts, YearOfAccount[] all)
    {
        var byGrantor = all.SelectMany(account => account.Grantors, (account, grantor) => (account, grantor)).ToDictionary(pair => pair.grantor.Key);
        return accounts.Calls.ByDay
            .Where(day => byGrantor.TryGetValue(day.Key.Grantor, out var of) && of.account.Grantors.Values.All(connected => connected != day.Key.Day))
            .Select(day => (double)day.Value / byGrantor[day.Key.Grantor].account.Numbers);
    }

    private static void Say(string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
