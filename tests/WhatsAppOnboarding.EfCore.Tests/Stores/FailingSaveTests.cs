using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class FailingSaveTests
{
    private readonly Trouble _trouble = new();

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_lost_acknowledgement_is_applied_once(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database, options: options => options.AddInterceptors(_trouble));
        var account = await host.CreateAccountAsync();

        for (var connect = 1; connect <= 3; connect++)
        {
            _trouble.FailAfter();
            var write = await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));

            write.Saved.ShouldBeTrue();
            write.After.Reference.Version.ShouldBe(connect);
            write.After.Reference.ConnectSequence.ShouldBe(connect);
        }
    }

    [Fact]
    public async Task A_lost_commit_that_the_retries_of_the_host_repeat_is_applied_once()
    {
        var lost = new LostCommit();
        await using var host = await TestHost.StartAsync(DatabaseKind.PostgreSql, options: options => options.AddInterceptors(lost));
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));

        lost.Next();
        var write = await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));

        write.After.Reference.ShouldBe(new AccountWabaReference { AccountId = account, WabaId = WabaId.Parse("900"), Version = 2, ConnectSequence = 2, DueAt = write.After.Reference.DueAt });
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task An_account_that_was_erased_and_came_back_while_we_wrote_is_written_anew(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));
        var overtaken = false;

        var write = await host.WithStoreAsync(store => store.WriteAsync(account, now =>
        {
            if (!overtaken)
                overtaken = Task.Run(() => EraseAndConnectAsync(host, account)).GetAwaiter().GetResult();
            return ConnectOnce(account, Guid.NewGuid(), "2")(now);
        }));

        write.After.Reference.Version.ShouldBe(2);
        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.ShouldBe(write.After.Reference);
    }

    [Fact]
    public async Task A_save_that_fails_for_good_is_told_at_once_and_leaves_nothing()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, options: options => options.AddInterceptors(_trouble));
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));
        var before = await host.WithStoreAsync(store => store.ReadAsync(account));
        var runs = 0;

        _trouble.FailBefore(times: 100);
        await Should.ThrowAsync<IOException>(() => host.WithStoreAsync(store => store.WriteAsync(account, now =>
        {
            runs++;
            return ConnectOnce(account, Guid.NewGuid())(now);
        })));
        runs.ShouldBe(2, "once, and once more to see whether it was a conflict");
        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.ShouldBe(before.Reference);

        _trouble.FailBefore(times: 0);
        (await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())))).After.Reference.Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_number_that_the_database_refuses_takes_the_whole_write_with_it()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.PostgreSql);
        var account = await host.CreateAccountAsync();
        var tooLong = SomeNumber.Connected(account, "2").Disconnected() with { DisconnectReason = new string('x', 65) };

        await Should.ThrowAsync<DbUpdateException>(() => host.WithStoreAsync(store => store.WriteAsync(account, _ => [SomeNumber.Connected(account, "1"), tooLong])));

        (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference.Version.ShouldBe(0);
    }

    [Fact]
    public async Task An_erasure_whose_acknowledgement_is_lost_is_done()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, options: options => options.AddInterceptors(_trouble));
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));

        _trouble.FailAfter();
        await host.WithStoreAsync(async store =>
        {
            await store.EraseAsync(account);
            return true;
        });

        (await host.WithStoreAsync(store => store.ReadAsync(account))).Numbers.ShouldBeEmpty();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task An_erasure_that_never_comes_to_its_commit_leaves_what_is_still_to_be_told(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database, options: options => options.AddInterceptors(_trouble));
        var account = await host.CreateAccountAsync();
        await host.WithStoreAsync(store => store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid())));

        _trouble.FailBefore(int.MaxValue);
        await Should.ThrowAsync<IOException>(() => host.WithStoreAsync(async store =>
        {
            await store.EraseAsync(account);
            return true;
        }));
        _trouble.FailBefore(0);

        (await host.WithStoreAsync(store => store.ReadAsync(account))).Numbers.ShouldNotBeEmpty();
        await using var scope = host.Services.CreateAsyncScope();
        var events = await scope.ServiceProvider.GetRequiredService<IAccountEventStore>().ListAsync(account, null, parked: false, 10);
        events.Select(stored => stored.Event.Kind).ShouldContain(AccountEvent.Connected);
    }

    [Fact]
    public async Task A_claim_whose_acknowledgement_is_lost_is_still_ours()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite, options: options => options.AddInterceptors(_trouble));
        await using var scope = host.Services.CreateAsyncScope();
        var attempt = new ConnectAttempt
        {
            Id = Guid.NewGuid(),
            StateHash = new string('a', 64),
            CodeHash = new string('b', 64),
            AccountId = AccountId.Parse("a"),
            Way = "api",
            Generation = Guid.NewGuid(),
            ClaimedAt = SomeNumber.Now,
        };
        var store = scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>();

        _trouble.FailAfter();
        (await store.ClaimAsync(attempt)).Id.ShouldBe(attempt.Id);
        _trouble.FailBefore();
        await Should.ThrowAsync<IOException>(() => store.ClaimAsync(attempt with { Id = Guid.NewGuid(), StateHash = new string('c', 64) }));
    }

    // As a connect does: it knows its own work by the generation it gave.
    private static Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> ConnectOnce(AccountId account, Guid generation, string id = "1") => now =>
        now.Numbers.Any(number => number.Generation == generation)
            ? []
            : [SomeNumber.Connected(account, id, sequence: now.Reference.ConnectSequence + 1) with { Generation = generation }];

    /// <summary>Leaves the account at the version at which it was, but as another one, with the number that we are about to add.</summary>
    private static Task<bool> EraseAndConnectAsync(TestHost host, AccountId account) => host.WithStoreAsync(async store =>
    {
        await store.EraseAsync(account);
        await store.WriteAsync(account, ConnectOnce(account, Guid.NewGuid(), "2"));
        return true;
    });
}
