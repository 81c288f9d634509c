using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Sizes that take minutes to make: only in a build with <c>-p:LongTests=true</c>.</summary>
public sealed class MillionTests(ITestOutputHelper output)
{
    private static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_million_numbers_make_status_routing_token_and_what_is_due_no_slower_than_a_thousand()
    {
        await using var nodes = await StartAsync();
        await nodes.AddAccountsAsync("acme");
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await ConnectAsync(nodes);
        var number = (await nodes[0].ReadAsync("acme")).Numbers.Single();

        await FillAsync(nodes, 0, 1_000);
        var few = await TimesAsync(nodes, number);
        await FillAsync(nodes, 1_000, 1_000_000);
        var many = await TimesAsync(nodes, number);

        var said = few.Keys.Select(what => $"{what}: {few[what]:N3} ms, {many[what]:N3} ms, ratio {many[what] / few[what]:N2}").ToArray();
        output.WriteLine(string.Join('\n', said));
        few.Keys.ShouldAllBe(what => many[what] < 1.2 * few[what] || what == "bare", string.Join('\n', said));
        many["token"].ShouldBeLessThan(1.5 * many["bare"], string.Join('\n', said));
    }

    [Fact]
    public async Task Five_hundred_connects_at_once_take_little_more_than_Meta_lets_them_wait()
    {
        const int accounts = 500;
        await using var nodes = await StartAsync();
        await ConnectManyAsync(nodes, "warm", 1_000, atOnce: 30);
        nodes.Meta.Service.SlowDown(Latency);
        nodes.Meta.Calls.Clear();
        var alone = await ConnectManyAsync(nodes, "alone", 1, atOnce: 1);
        var forced = nodes.Meta.Calls.LongestChain() * Latency;
        var together = await ConnectManyAsync(nodes, "crowd", accounts, atOnce: accounts);

        output.WriteLine(
            $"Meta alone forces {forced.TotalMilliseconds:N0} ms, one takes {alone.Elapsed.TotalMilliseconds:N0} ms, {accounts} at once {together.Elapsed.TotalMilliseconds:N0} ms and {together.Cpu.TotalMilliseconds / accounts:N2} ms of CPU each, "
            + $"ratio {together.Elapsed / forced:N2}");
    }

    /// <summary>As a host that has much to do would have it: logs no details, and takes its contexts from a pool.</summary>
    private static Task<Nodes> StartAsync() => Nodes.StartAsync(
        DatabaseKind.PostgreSql,
        configure: setup => setup.Services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Warning),
        pool: true);

    private static async Task<(TimeSpan Elapsed, TimeSpan Cpu)> ConnectManyAsync(Nodes nodes, string prefix, int accounts, int atOnce)
    {
        string[] names = [.. Enumerable.Range(0, accounts).Select(account => $"{prefix}-{account}")];
        await nodes.AddAccountsAsync(names);
        var grants = new Dictionary<string, (HttpClient Client, string Code, string State)>();
        foreach (var name in names)
        {
            var waba = nodes.Meta.World.AddBusiness(name).AddWaba(name);
            waba.AddNumber("+1 631-555-0100", "One");
            var client = nodes[0].OpenApi(name);
            var (code, state) = await client.GrantAsync(nodes[0], waba.Id);
            grants[name] = (client, code, state);
        }

        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        foreach (var some in names.Chunk(atOnce))
        {
            var codes = await Task.WhenAll(some.Select(async name => await ApiConnect.CodeOf(await grants[name].Client.FinishAsync(grants[name].Code, grants[name].State))));
            codes.ShouldAllBe(code => code == "connected");
        }

        var (elapsed, used) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpu);
        (await Task.WhenAll(names.Select(name => nodes[0].ReadAsync(name)))).ShouldAllBe(account => account.Numbers.Single().IsHeld);
        foreach (var (client, _, _) in grants.Values)
            client.Dispose();
        return (elapsed, used);
    }

    private static async Task ConnectAsync(Nodes nodes)
    {
        using var api = nodes[0].OpenApi("acme");
        var (code, state) = await api.GrantAsync(nodes[0]);
        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");
    }

    /// <summary>Numbers from one to the other, ten of an account and two of a WABA.</summary>
    private static async Task FillAsync(Nodes nodes, int from, int to)
    {
        await using var source = NpgsqlDataSource.Create(nodes.Database.ConnectionString);
        foreach (var sql in new[]
        {
            $"""INSERT INTO "WhatsAppAccounts" ("AccountId", "WabaId", "Version", "ConnectSequence", "Incarnation", "DueAt") SELECT 'filler-' || n, '9' || n, 1, 1, gen_random_uuid(), now() + interval '1 day' + n * interval '1 second' FROM generate_series({from / 10}, {(to / 10) - 1}) n""",
            $"""INSERT INTO "WhatsAppPhoneNumbers" ("AccountId", "PhoneNumberId", "WabaId", "State", "Generation", "ConnectSequence", "GrantOrder", "Token", "IsShared", "OpenSteps", "Findings", "SubscribedAt", "ListedAt", "CreatedAt", "ConnectedAt") SELECT 'filler-' || n / 10, '7' || n, '9' || n / 2, 'Active', gen_random_uuid(), 1, n % 10, 'x', false, '[]', '[]', now(), now(), now(), now() FROM generate_series({from}, {to - 1}) n""",
            "ANALYZE",
        })
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 600;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The median of each, in milliseconds.</summary>
    private static async Task<Dictionary<string, double>> TimesAsync(Nodes nodes, PhoneNumber number)
    {
        await using var source = NpgsqlDataSource.Create(nodes.Database.ConnectionString);
        var past = DateTimeOffset.UtcNow.AddYears(-1);
        return await MediansAsync(new()
        {
            ["bare"] = () => BareAsync(source, number),
            ["token"] = () => nodes[0].UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(Acme, number.PhoneNumberId)),
            ["status"] = () => nodes[0].UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(Acme)),
            ["routing by number"] = () => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<PhoneNumber>>(numbers => numbers.FindHeldAsync([number.PhoneNumberId])),
            ["routing by WABA"] = () => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<PhoneNumber>>(numbers => numbers.FindHeldAsync([number.WabaId])),
            ["due, none"] = () => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<AccountId>>(numbers => numbers.TakeDueAsync(past, past, 32)),
            ["due, one"] = async () =>
            {
                await nodes[0].UseAsync<NumberAuthority, bool>(async numbers =>
                {
                    await numbers.PostponeAsync(Acme, past);
                    return true;
                });
                (await nodes[0].UseAsync<NumberAuthority, IReadOnlyList<AccountId>>(numbers => numbers.TakeDueAsync(past, DateTimeOffset.UtcNow.AddHours(1), 32))).ShouldBe([Acme]);
            },
        });
    }

    /// <summary>What a host would ask for itself: what a token read needs to know of the number's row.</summary>
    private static async Task BareAsync(NpgsqlDataSource source, PhoneNumber number)
    {
        await using var command = source.CreateCommand("""SELECT "State", "Token", "TokenExpiresAt", "ListedAt", "RefusedAt" FROM "WhatsAppPhoneNumbers" WHERE "AccountId" = $1 AND "PhoneNumberId" = $2""");
        command.Parameters.AddWithValue(number.AccountId.ToString());
        command.Parameters.AddWithValue(number.PhoneNumberId.ToString());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        reader.GetString(1).ShouldNotBeEmpty();
    }

    /// <summary>Each in a turn drawn anew, time and again, so that whatever else the machine does hits all of them and none always follows the same; the first rounds only warm up.</summary>
    private static async Task<Dictionary<string, double>> MediansAsync(Dictionary<string, Func<Task>> acts)
    {
        const int warm = 2_000;
        const int counted = 1_000;
        var times = acts.Keys.ToDictionary(what => what, _ => new List<double>());
        for (var round = 0; round < warm + counted; round++)
        {
            foreach (var (what, act) in acts.Shuffle())
            {
                var started = Stopwatch.GetTimestamp();
                await act();
                if (round >= warm)
                    times[what].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return times.ToDictionary(of => of.Key, of => of.Value.Order().ElementAt(counted / 2));
    }
}
