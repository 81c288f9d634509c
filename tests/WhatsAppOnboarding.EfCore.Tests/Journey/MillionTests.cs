using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>Sizes that take minutes to make: only in a build with <c>-p:LongTests=true</c>.</summary>
public sealed class MillionTests(ITestOutputHelper output)
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    [Fact]
    public async Task A_million_numbers_make_status_routing_token_and_what_is_due_no_slower_than_a_thousand()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql);
        await nodes.AddAccountsAsync("acme");
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await ConnectAsync(nodes);
        var number = (await nodes[0].ReadAsync("acme")).Numbers.Single();

        await FillAsync(nodes, 0, 1_000);
        await TimesAsync(nodes, number);
        var few = await TimesAsync(nodes, number);
        await FillAsync(nodes, 1_000, 1_000_000);
        await TimesAsync(nodes, number);
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
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql);
        string[] names = [.. Enumerable.Range(0, accounts).Select(account => $"account-{account}")];
        await nodes.AddAccountsAsync([.. names, "first"]);
        var wabas = names.ToDictionary(name => name, name => nodes.Meta.World.AddBusiness(name).AddWaba(name));
        foreach (var waba in wabas.Values)
            waba.AddNumber("+1 631-555-0100", "One");
        var clients = names.ToDictionary(name => name, name => nodes[0].OpenApi(name));
        var grants = new Dictionary<string, (string Code, string State)>();
        foreach (var name in names)
            grants[name] = await clients[name].GrantAsync(nodes[0], wabas[name].Id);

        nodes.Meta.Service.SlowDown(TimeSpan.FromMilliseconds(100));
        var alone = await TimeAsync(names[..1]);
        var together = await TimeAsync(names[1..]);

        output.WriteLine($"one {alone:N0} ms, {accounts - 1} at once {together:N0} ms, ratio {together / alone:N2}");
        (await Task.WhenAll(names.Select(name => nodes[0].ReadAsync(name)))).ShouldAllBe(account => account.Numbers.Single().IsHeld);
        foreach (var client in clients.Values)
            client.Dispose();

        async Task<double> TimeAsync(string[] some)
        {
            var started = Stopwatch.GetTimestamp();
            var codes = await Task.WhenAll(some.Select(async name => await ApiConnect.CodeOf(await clients[name].FinishAsync(grants[name].Code, grants[name].State))));
            codes.ShouldAllBe(code => code == "connected");
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
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
        return new()
        {
            ["bare"] = await MedianAsync(() => BareAsync(source, number)),
            ["token"] = await MedianAsync(() => nodes[0].UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(Acme, number.PhoneNumberId))),
            ["status"] = await MedianAsync(() => nodes[0].UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(Acme))),
            ["routing by number"] = await MedianAsync(() => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<PhoneNumber>>(numbers => numbers.FindHeldAsync([number.PhoneNumberId]))),
            ["routing by WABA"] = await MedianAsync(() => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<PhoneNumber>>(numbers => numbers.FindHeldAsync([number.WabaId]))),
            ["due, none"] = await MedianAsync(() => nodes[0].UseAsync<NumberAuthority, IReadOnlyList<AccountId>>(numbers => numbers.TakeDueAsync(past, past, 32))),
            ["due, one"] = await MedianAsync(async () =>
            {
                await nodes[0].UseAsync<NumberAuthority, bool>(async numbers =>
                {
                    await numbers.PostponeAsync(Acme, past);
                    return true;
                });
                (await nodes[0].UseAsync<NumberAuthority, IReadOnlyList<AccountId>>(numbers => numbers.TakeDueAsync(past, DateTimeOffset.UtcNow.AddHours(1), 32))).ShouldBe([Acme]);
            }),
        };
    }

    private static async Task BareAsync(NpgsqlDataSource source, PhoneNumber number)
    {
        await using var command = source.CreateCommand("""SELECT * FROM "WhatsAppAccounts" a LEFT JOIN "WhatsAppPhoneNumbers" n ON n."AccountId" = a."AccountId" WHERE a."AccountId" = $1""");
        command.Parameters.AddWithValue(number.AccountId.ToString());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    private static async Task<double> MedianAsync(Func<Task> act)
    {
        var times = new double[300];
        for (var time = 0; time < times.Length; time++)
        {
            var started = Stopwatch.GetTimestamp();
            await act();
            times[time] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[times.Length / 2];
    }
}
