using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Many nodes of one host on one PostgreSQL, and what is done on them at once.</summary>
internal sealed class Crowd(int nodes, int atOnce)
{
    private readonly Deadlocks _deadlocks = new();
    private readonly ClockAhead _clock = new();

    /// <summary>
    /// Fifty accounts that share twenty numbers connect, connect again and disconnect, many at once and on any node. Nothing fails but what Meta was too slow for, and an hour
    /// of upkeep later the promises hold: every reference and copy is what the numbers say, and the app is subscribed to what somebody holds and to nothing else.
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
        var ends = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(planned, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (work, _) => ends.Add(work.Kind switch
        {
            < 6 => await ConnectAsync(all, work.Node, work.Account, work.Wabas),
            < 8 => await DisconnectAsync(all, work.Node, work.Account, null),
            _ => await DisconnectAsync(all, work.Node, work.Account, new DisconnectScope { WabaId = WabaId.Parse(work.Wabas[0].Id) }),
        }));

        var counted = string.Join(", ", ends.CountBy(end => end).OrderBy(end => end.Key).Select(end => $"{end.Key} {end.Value}"));
        output.WriteLine(counted);
        ends.Except(["connected", "disconnected", "incomplete", "not unsubscribed", "meta_timeout"]).ShouldBeEmpty($"seed {seed}: {counted}");
        ends.Count(end => end is "connected" or "disconnected").ShouldBeGreaterThan(works * 9 / 10, $"seed {seed}: {counted}");
        _clock.By += TimeSpan.FromHours(1);
        await Task.WhenAll(Enumerable.Range(0, nodes).Select(node => LookAfterAsync(all[node])));
        _deadlocks.Seen.ShouldBeEmpty();
        await HoldsAsync(all, accounts, wabas, seed);
    }

    /// <summary>Accounts that are due are looked after by one node, and a day later by all nodes at once: with the same calls to Meta.</summary>
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
        _deadlocks.Seen.ShouldBeEmpty();
    }

    private async Task<Dictionary<string, int>> CallsOfRoundAsync(Nodes all, int at)
    {
        _clock.By += TimeSpan.FromDays(1);
        all.Meta.Calls.Clear();
        await Task.WhenAll(Enumerable.Range(0, at).Select(node => LookAfterAsync(all[node])));
        return all.Meta.Calls.All.CountBy(call => call.Operation).ToDictionary();
    }

    private static Task LookAfterAsync(TheHost node) => node.App.Services.GetRequiredService<AccountUpkeep>().RunAsync(TestContext.Current.CancellationToken);

    private Task<Nodes> StartAsync() => Nodes.StartAsync(
        DatabaseKind.PostgreSql, nodes, context => context.AddInterceptors(_deadlocks), configure: setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.RecordsWebhooks = false;
        });

    private static async Task<string> ConnectAsync(Nodes all, int node, string account, EmulatedWaba[] wabas)
    {
        using var api = all[node].OpenApi(account);
        string[] ids = [.. wabas.Select(waba => waba.Id)];
        return await ApiConnect.CodeOf(await api.PostAsync(new { code = all.Meta.IssuePopupCode(ids), state = await api.StartPopupStateAsync(), @event = "FINISH", wabaIds = ids }));
    }

    private static async Task<string> DisconnectAsync(Nodes all, int node, string account, DisconnectScope? scope) =>
        (await all[node].DisconnectAsync(account, scope)).Open.Count == 0 ? "disconnected" : "not unsubscribed";

    private static async Task HoldsAsync(Nodes all, string[] accounts, EmulatedWaba[] wabas, int seed)
    {
        var copies = await all.UseContextAsync(context => context.Accounts.AsNoTracking().ToDictionaryAsync(account => account.Id, account => account.WabaId));
        var held = new HashSet<string>();
        foreach (var account in accounts)
        {
            var read = await all[0].ReadAsync(account);
            held.UnionWith(read.Numbers.Where(number => number.IsHeld).Select(number => number.WabaId.ToString()));
            read.Reference.WabaId.ShouldBe(AccountWabaReference.Derive(read.Numbers), $"seed {seed}, {account}");
            copies[account].ShouldBe(read.Reference.WabaId?.ToString(), $"seed {seed}, {account}");
            (await all[0].UseAsync<IWhatsAppOperator, IReadOnlyList<Finding>>(operations => operations.ReconcileAsync(AccountId.Parse(account), asksMeta: false))).ShouldBeEmpty($"seed {seed}, {account}");
        }

        foreach (var waba in wabas)
            waba.IsAppSubscribed.ShouldBe(held.Contains(waba.Id), $"seed {seed}, {waba.Name}");
    }

    /// <summary>Keeps what the server broke off because two waited for each other; the provider tries again, so nobody else hears of it.</summary>
    private sealed class Deadlocks : DbCommandInterceptor
    {
        public ConcurrentBag<string> Seen { get; } = [];

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } failure)
                Seen.Add($"{failure.MessageText}: {command.CommandText}");
            return Task.CompletedTask;
        }
    }

    private sealed class ClockAhead : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
