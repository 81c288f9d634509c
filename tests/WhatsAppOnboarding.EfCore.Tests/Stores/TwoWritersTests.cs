using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class TwoWritersTests
{
    private const int AccountsAtOnce = 4;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 100)]
    [InlineData(DatabaseKind.PostgreSql, 1000)]
    public async Task Two_writers_of_one_account_who_touch_different_numbers_never_leave_a_wrong_reference(DatabaseKind database, int rounds)
    {
        await using var host = await TestHost.StartAsync(database, HostKind.Bare);

        await Task.WhenAll(Enumerable.Range(1, AccountsAtOnce).Select(async n =>
        {
            var account = AccountId.Parse($"account {n}");
            var (held, gone) = (SomeNumber.Connected(account, "1", waba: "901"), SomeNumber.Connected(account, "2", waba: "902", sequence: 2));
            await WriteAsync(host, account, held, gone.Disconnected());
            for (var round = 0; round < rounds / AccountsAtOnce; round++)
            {
                // One goes while the other comes: each alone leaves a true reference, and both a wrong one if they do not meet.
                await Task.WhenAll(WriteAsync(host, account, held.Disconnected()), WriteAsync(host, account, gone));
                (held, gone) = (gone, held);

                var now = await host.WithStoreAsync(store => store.ReadAsync(account));
                now.Reference.WabaId.ShouldBe(held.WabaId, $"round {round}");
            }
        }));
    }

    [Fact]
    public async Task A_writer_that_read_an_account_before_it_was_erased_and_came_back_at_the_same_version_reads_again()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, HostKind.Bare);
        var account = AccountId.Parse("account");
        await WriteAsync(host, account, SomeNumber.Connected(account, "1", waba: "901"));
        var runs = 0;

        await host.WithStoreAsync(store => store.WriteAsync(account, _ =>
        {
            if (runs++ == 0)
                EraseAndReturnAsync(host, account).GetAwaiter().GetResult();
            return [SomeNumber.Connected(account, "3", waba: "903", sequence: 2)];
        }));

        var now = await host.WithStoreAsync(store => store.ReadAsync(account));
        now.Numbers.Select(number => number.PhoneNumberId.ToString()).ShouldBe(["2", "3"], ignoreOrder: true);
        now.Reference.WabaId.ShouldBe(WabaId.Parse("902"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_writers_of_one_account_meet_in_its_version_so_that_no_command_fails(DatabaseKind database)
    {
        var failed = new FailedCommands();
        await using var host = await TestHost.StartAsync(database, HostKind.Bare, options => options.AddInterceptors(failed));
        var account = AccountId.Parse("account");
        await WriteAsync(host, account, SomeNumber.Connected(account, "1"));
        var runs = 0;

        await host.WithStoreAsync(store => store.WriteAsync(account, _ =>
        {
            if (runs++ == 0)
                WriteAsync(host, account, SomeNumber.Connected(account, "2", sequence: 2)).GetAwaiter().GetResult();
            return [SomeNumber.Connected(account, "3", sequence: 3)];
        }));

        runs.ShouldBe(2, "they met");
        failed.Seen.ShouldBeEmpty();
        (await host.WithStoreAsync(store => store.ReadAsync(account))).Numbers.Count.ShouldBe(3);
    }

    private static Task<PhoneNumberWrite> EraseAndReturnAsync(TestHost host, AccountId account) => host.WithStoreAsync(async store =>
    {
        await store.EraseAsync(account);
        return await store.WriteAsync(account, _ => [SomeNumber.Connected(account, "2", waba: "902", sequence: 5)]);
    });

    private static Task<PhoneNumberWrite> WriteAsync(TestHost host, AccountId account, params PhoneNumber[] numbers) =>
        host.WithStoreAsync(store => store.WriteAsync(account, _ => numbers));
}
