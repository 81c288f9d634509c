using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// Accounts connect in every way, choose, register, disconnect and are erased, some at once, while the host looks after them; and the host is killed on the way: every
/// other time when one of them is at a call that matters, else at random. The clock is four minutes on after each kill, so that what died is looked after by hosts that
/// are killed as well. Ten minutes of upkeep after the last restart it is counted what is not as it should be.
/// </summary>
internal sealed class AccountKills(string database, int seed)
{
    private const int MinutesOfKill = 4;

    /// <summary>In the time of one turn of upkeep; the first comes two minutes after the start.</summary>
    private const string ManyTurns = "400";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly (string Operation, bool After)[] Points =
    [
        (GraphOperations.Register, false), (GraphOperations.Register, true), (GraphOperations.SubscribeApp, false), (GraphOperations.SubscribeApp, true),
        (GraphOperations.UnsubscribeApp, false), (GraphOperations.UnsubscribeApp, true), (GraphOperations.ExchangeCode, true), (GraphOperations.ListPhoneNumbers, true),
    ];

    private readonly Random _random = new(seed);
    private readonly List<KilledAccount> _accounts = [];

    /// <summary>How often each was begun.</summary>
    public Dictionary<Work, int> Begun { get; } = [];

    public KillCount Count { get; private set; } = new();

    /// <param name="kills">How often the host is killed.</param>
    /// <param name="atOnce">How many accounts each kill hits.</param>
    public async Task RunAsync(int kills, int atOnce)
    {
        var keys = Directory.CreateTempSubdirectory("whatsapp-keys-");
        await using var meta = await MetaEmulator.StartAsync();
        await using (var context = NewContext())
            await context.Database.EnsureCreatedAsync();
        HostProcess NewHost(int minutesAhead, string turns) =>
            new(ConnectHost.Command, database, meta.Address.ToString(), meta.AppId, meta.AppSecret, keys.FullName, $"{minutesAhead}", turns);

        var registered = new Dictionary<string, int>();
        var whole = TimeSpan.Zero;
        for (var kill = 0; kill <= kills; kill++)
        {
            using var host = NewHost(kill * MinutesOfKill, ManyTurns);
            await host.StartAsync();
            if (kill == 0)
                whole = await WarmUpAsync(host, meta);
            else
                await KillAsync(host, meta, kill, atOnce, whole);
            foreach (var number in _accounts.SelectMany(account => account.Numbers).Where(number => number.PlatformType == "CLOUD_API"))
                registered.TryAdd(number.Id, KillCount.RegistrationsOf(meta, number));
        }

        var end = kills * MinutesOfKill;
        foreach (var minutes in (int[])[5, 10])
        {
            using var late = NewHost(end + minutes, "1");
            await late.StartAsync();
            await LookAfterAsync(late);
            if (minutes < 10)
                continue;
            await using var context = NewContext();
            var handled = await context.Effects.AsNoTracking().OrderBy(effect => effect.Id).Select(effect => effect.Key).ToListAsync();
            Count = new KillCount { Registered = registered, Handled = handled };
            foreach (var account in _accounts)
                await Count.LookAsync(late, meta, account);
        }

        // Half an hour on, no attempt keeps a token; what waited for a choice is wiped by housekeeping, which has no end to wait for.
        using (var last = NewHost(end + 40, ManyTurns))
        {
            await last.StartAsync();
            var started = Stopwatch.GetTimestamp();
            do
            {
                Count.KeptTokens = 0;
                foreach (var account in _accounts)
                    Count.KeptTokens += (await account.ReadAsync(last)).Attempts.Count(attempt => attempt.KeepsToken);
            }
            while (Count.KeptTokens > 0 && Stopwatch.GetElapsedTime(started) < Patience);
        }

        keys.Delete(recursive: true);
    }

    /// <summary>Everything once, unharmed. Returns how long a connect takes of a host that has just started, as all of those do that are killed.</summary>
    private async Task<TimeSpan> WarmUpAsync(HostProcess host, MetaEmulator meta)
    {
        var account = NewAccount(meta);
        var whole = TimeSpan.Zero;
        foreach (var work in (Work[])[Work.Popup, Work.Disconnect, Work.Choose, Work.Erase, Work.Redirect])
        {
            var started = Stopwatch.GetTimestamp();
            await await account.BeginAsync(host, work);
            whole = whole == TimeSpan.Zero ? Stopwatch.GetElapsedTime(started) : whole;
            if (!account.IsAnswered)
                throw new InvalidOperationException($"{work} was not answered, though nothing was killed.");
        }

        return whole;
    }

    private async Task KillAsync(HostProcess host, MetaEmulator meta, int kill, int atOnce, TimeSpan whole)
    {
        var (point, delay) = (kill % 2 == 0 ? Points[kill / 2 % Points.Length] : default, whole * _random.NextDouble() * 2);
        var begun = _accounts.OrderBy(_ => _random.Next()).Take(atOnce * 3 / 4).ToList();
        while (begun.Count < atOnce)
            begun.Add(NewAccount(meta));
        Work[] works = [.. begun.Select(account => account.Last is null ? (Work)_random.Next(3) : (Work)_random.Next(5))];
        foreach (var work in works)
            Begun[work] = Begun.GetValueOrDefault(work) + 1;

        var held = point.Operation is null ? null : meta.Faults.Hold(point.Operation, point.After);
        var answers = await Task.WhenAll(begun.Zip(works).Select(pair => pair.First.BeginAsync(host, pair.Second)));
        if (held is null)
            await Task.Delay(delay);
        else
            await Task.WhenAny(held.Reached, Task.WhenAll(answers), Task.Delay(Patience));
        host.Kill();
        meta.Faults.Clear();
        await Task.WhenAll(answers);
    }

    /// <summary>A turn of upkeep to its end; and who was to be erased and was not is erased, as a host does that was not answered.</summary>
    private async Task LookAfterAsync(HostProcess host)
    {
        foreach (var account in _accounts.Where(account => account is { Last: Work.Erase, IsAnswered: false }))
            await account.EraseAsync(host);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{host.Port}"), Timeout = TimeSpan.FromMinutes(10) };
        (await client.PostAsync("/upkeep", null)).EnsureSuccessStatusCode();
    }

    private KilledAccount NewAccount(MetaEmulator meta)
    {
        var account = new KilledAccount(meta, $"account-{_accounts.Count}");
        _accounts.Add(account);
        return account;
    }

    private EnduranceContext NewContext()
    {
        var options = new DbContextOptionsBuilder<EnduranceContext>();
        EnduranceContext.Use(options, database);
        return new EnduranceContext(options.Options);
    }
}
