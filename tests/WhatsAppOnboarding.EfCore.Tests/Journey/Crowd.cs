using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Many nodes of one host on one PostgreSQL, and what is done on them at once.</summary>
internal sealed class Crowd(int nodes, int atOnce)
{
    private readonly FailedCommands _failed = new();
    private readonly ClockAhead _clock = new();

    /// <summary>
    /// Fifty accounts that share twenty numbers connect, connect again and disconnect, many at once and on any node. Nothing fails but what Meta was too slow for, and an hour
    /// of upkeep later the promises hold: every reference and copy is what the numbers say, the app is subscribed to what somebody holds and to nothing else, and
    /// each number that counts as registered is, with a PIN that somebody has.
    /// </summary>
    public async Task ConnectAndDisconnectAsync(int works, ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var all = await StartAsync();
        string[] accounts = [.. Enumerable.Range(0, 50).Select(account => $"account-{account}")];
        await all.AddAccountsAsync(accounts);
        var business = all.Meta.World.AddBusiness("Lucky Shrub");
        EmulatedWaba[] wabas = [.. Enumerable.Range(0, 5).Select(waba => business.AddWaba($"Waba {waba}"))];
        for (var number = 0; number < 20; number++)
            wabas[number % wabas.Length].AddNumber($"+1 631-555-01{number:00}", "Lucky Shrub");

        var random = new Random(seed);
        var planned = Enumerable.Range(0, works).Select(work => (
            Node: random.Next(nodes),
            Account: accounts[random.Next(accounts.Length)],
            Wabas: wabas.Where(_ => random.Next(3) == 0).DefaultIfEmpty(wabas[work % wabas.Length]).ToArray(),
            Kind: random.Next(10))).ToArray();
        var ends = new ConcurrentBag<(string Account, bool Disconnects, string End, TimeSpan From, TimeSpan To)>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(planned, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (work, _) =>
        {
            var from = watch.Elapsed;
            var end = work.Kind switch
            {
                < 6 => await ConnectAsync(all, work.Node, work.Account, work.Wabas),
                < 8 => await DisconnectAsync(all, work.Node, work.Account, null),
                _ => await DisconnectAsync(all, work.Node, work.Account, new DisconnectScope { WabaId = WabaId.Parse(work.Wabas[0].Id) }),
            };
            ends.Add((work.Account, work.Kind >= 6, end, from, watch.Elapsed));
        });

        var counted = string.Join(", ", ends.CountBy(end => end.End).OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"));
        output.WriteLine(counted);
        ends.Select(end => end.End).Except(["connected", "disconnected", "incomplete", "meta_timeout"]).ShouldBeEmpty($"seed {seed}: {counted}");

        // What was connected and disconnected again before the connect had ended is no more connected; nothing else may be left incomplete.
        ends.Where(end => end.End == "incomplete" && !ends.Any(other => other.Disconnects && other.Account == end.Account && other.From < end.To && other.To > end.From))
            .ShouldBeEmpty($"seed {seed}: {counted}");
        ends.Count(end => end.End == "meta_timeout").ShouldBeLessThanOrEqualTo(works / 100, $"seed {seed}: {counted}");
        _clock.By += TimeSpan.FromHours(1);
        await Task.WhenAll(Enumerable.Range(0, nodes).Select(node => LookAfterAsync(all[node])));
        Refused().ShouldBeEmpty();
        await HoldsAsync(all, accounts, wabas, seed);
    }

    /// <summary>Accounts that are due are looked after by one node, and two days later, when the same is to be looked at, by all nodes at once: with the same calls to Meta.</summary>
    public async Task LookAfterAsync(int accounts, ITestOutputHelper output)
    {
        await using var all = await StartAsync();
        string[] names = [.. Enumerable.Range(0, accounts).Select(account => $"account-{account}")];
        await all.AddAccountsAsync(names);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (name, _) =>
        {
            var waba = all.Meta.World.AddBusiness(name).AddWaba(name);
            waba.AddNumber("+1 631-555-0100", name);
            (await ConnectAsync(all, 0, name, [waba])).ShouldBe("connected");
        });

        var one = await CallsOfRoundAsync(all, 1);
        var many = await CallsOfRoundAsync(all, nodes);

        output.WriteLine($"{accounts} accounts: {string.Join(", ", one.OrderBy(calls => calls.Key).Select(calls => $"{calls.Key} {calls.Value}"))}");
        one.Values.Sum().ShouldBeGreaterThanOrEqualTo(accounts);
        many.OrderBy(calls => calls.Key).ShouldBe(one.OrderBy(calls => calls.Key), string.Join('\n', all.Meta.Calls.All.GroupBy(call => call.Path).Where(calls => calls.Count() > 1).SelectMany(calls => calls)));
        Refused().ShouldBeEmpty();
    }

    /// <summary>
    /// What the database refused, deadlocks and serialization failures above all, also where it was tried again; but for two first writes at once, of an account or a number,
    /// which no row exists for yet to meet in.
    /// </summary>
    private string[] Refused() => [.. _failed.Seen.Where(seen => !seen.Contains("\"PK_WhatsAppAccounts\"", StringComparison.Ordinal) && !seen.Contains("\"PK_WhatsAppPhoneNumbers\"", StringComparison.Ordinal))];

    private async Task<Dictionary<string, int>> CallsOfRoundAsync(Nodes all, int at)
    {
        _clock.By += TimeSpan.FromDays(2);
        all.Meta.Calls.Clear();
        await Task.WhenAll(Enumerable.Range(0, at).Select(node => LookAfterAsync(all[node])));
        return all.Meta.Calls.All.CountBy(call => call.Operation).ToDictionary();
    }

    private static Task LookAfterAsync(TheHost node) => node.App.Services.GetRequiredService<AccountUpkeep>().RunAsync(TestContext.Current.CancellationToken);

    private Task<Nodes> StartAsync() => Nodes.StartAsync(
        DatabaseKind.PostgreSql, nodes, context => context.AddInterceptors(_failed), configure: setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            setup.RecordsWebhooks = false;
        });

    private static async Task<string> ConnectAsync(Nodes all, int node, string account, EmulatedWaba[] wabas)
    {
        using var api = all[node].OpenApi(account);
        string[] ids = [.. wabas.Select(waba => waba.Id)];
        var answer = await api.PostAsync(new { code = all.Meta.IssuePopupCode(ids), state = await api.StartPopupStateAsync(), @event = "FINISH", wabaIds = ids });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var code = body.GetProperty("code").GetString()!;
        if (code != "incomplete")
            return code;
        var attempt = await all[node].UseAsync<AttemptRecords, ConnectAttempt?>(attempts => attempts.FindAsync(AccountId.Parse(account), body.GetProperty("attemptId").GetGuid()));
        return string.Join(' ', attempt.ShouldNotBeNull().Steps.Where(step => step.Result != "ok").Select(step => $"{step.Step} {step.Result}").Prepend(code));
    }

    private static async Task<string> DisconnectAsync(Nodes all, int node, string account, DisconnectScope? scope) =>
        (await all[node].DisconnectAsync(account, scope)).Open.Count == 0 ? "disconnected" : "not unsubscribed";

    private static async Task HoldsAsync(Nodes all, string[] accounts, EmulatedWaba[] wabas, int seed)
    {
        var copies = await all.UseContextAsync(context => context.Accounts.AsNoTracking().ToDictionaryAsync(account => account.Id, account => account.WabaId));
        var held = new HashSet<string>();
        var kept = new List<PhoneNumber>();
        foreach (var account in accounts)
        {
            var read = await all[0].ReadAsync(account);
            kept.AddRange(read.Numbers);
            held.UnionWith(read.Numbers.Where(number => number.IsHeld).Select(number => number.WabaId.ToString()));
            read.Reference.WabaId.ShouldBe(AccountWabaReference.Derive(read.Numbers), $"seed {seed}, {account}");
            copies[account].ShouldBe(read.Reference.WabaId?.ToString(), $"seed {seed}, {account}");
            (await all[0].UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(AccountId.Parse(account), asksMeta: false))).ShouldBeEmpty($"seed {seed}, {account}");
        }

        foreach (var waba in wabas)
            waba.IsAppSubscribed.ShouldBe(held.Contains(waba.Id), $"seed {seed}, {waba.Name}");

        var sealing = all[0].App.Services.GetRequiredService<NumberSealing>();
        foreach (var number in wabas.SelectMany(waba => waba.Numbers))
        {
            var known = kept.Where(one => one.PhoneNumberId.ToString() == number.Id).ToArray();
            if (known.Any(one => one.IsHeld && !one.IsOpen(StepNames.Register)))
                number.PlatformType.ShouldBe("CLOUD_API", $"seed {seed}, {number.Id}");
            if (number.TwoStepPin is { } pin)
                known.SelectMany(one => one.Pins.Select(of => sealing.Open(one, of)?.Reveal())).ShouldContain(pin, $"seed {seed}, {number.Id}");
        }
    }

    private sealed class ClockAhead : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
