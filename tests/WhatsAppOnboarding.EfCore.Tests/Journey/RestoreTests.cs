using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.EfCore.Tests.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>A backup is taken, much changes, and the backup is restored: what the changes forbade does not come back with it.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Of_twenty_changes_after_the_backup_none_is_undone_by_its_restore_and_after_the_proof_all_is_as_meta_says()
    {
        await using var saas = await RestoredSaas.StartAsync();
        foreach (var change in BackupChange.All)
            await change.Before(saas, change.Account);
        saas.TakeBackup();
        saas.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var change in BackupChange.All)
            await change.After(saas, change.Account);
        saas.Clock.Advance(TimeSpan.FromHours(1));

        await saas.RestoreAsync();

        // Until Meta has been asked, nothing of the backup counts: not even what nothing befell.
        await saas.RunUndoAsync();
        var early = new Dictionary<string, WebhookDelivery>();
        foreach (var change in BackupChange.All)
        {
            (await saas.SendingAsync(change.Account)).ShouldNotBeNull(change.Account);
            early[change.Account] = await saas.ReceiveAsync(change.Account, $"early {change.Account}");
        }

        saas.Host.Events.Events.ShouldBeEmpty();
        early["well"].LastStatusCode.ShouldBe(503);

        await saas.RunUpkeepAsync();
        saas.Clock.Advance(TimeSpan.FromMinutes(10));
        await saas.Meta.Webhooks.RetryDueAsync();
        foreach (var change in BackupChange.All)
        {
            (await saas.SendingAsync(change.Account)).ShouldBe(change.Sending, change.Account);
            (await saas.StrayAsync(change.Account, $"late {change.Account}")).ShouldBe(200, change.Account);
            var texts = saas.Host.Events.TextsOf(change.Account);
            texts.ShouldBe(change.Receives ? [$"early {change.Account}", $"late {change.Account}"] : [], change.Account);
            change.Check(saas, change.Account, (await saas.Host.ReadAsync(change.Account)).Numbers);
        }

        // A day of upkeep, and nobody was subscribed, unsubscribed, registered or deregistered by what the backup says.
        for (var round = 0; round < 24; round++)
        {
            saas.Clock.Advance(TimeSpan.FromHours(1));
            await saas.RunUpkeepAsync();
            await saas.RunUndoAsync();
        }

        string[] changing = [GraphOperations.SubscribeApp, GraphOperations.UnsubscribeApp, GraphOperations.Register, GraphOperations.Deregister];
        saas.Meta.Calls.All.Select(call => call.Operation).Intersect(changing).ShouldBeEmpty();
        foreach (var change in BackupChange.All)
            (await saas.SendingAsync(change.Account)).ShouldBe(change.Sending, change.Account);
    }

    [Fact]
    public async Task What_only_the_lost_time_knew_cannot_be_proved()
    {
        await using var saas = await RestoredSaas.StartAsync();
        await saas.ConnectAsync("first");
        await saas.ConnectAsync("second", saas.Of("first"));
        saas.TakeBackup();
        await saas.Host.DisconnectAsync("first");

        await saas.RestoreAsync();
        await saas.RunUpkeepAsync();

        // The app stayed subscribed for the second account, and Meta knows nothing of accounts: docs/operations.md says what to do about that.
        (await saas.SendingAsync("first")).ShouldBeNull();
        await saas.Host.DisconnectAsync("first");
        (await saas.SendingAsync("first")).ShouldBe("not_connected");
        saas.Of("first").IsAppSubscribed.ShouldBeTrue();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task However_many_accounts_there_are_each_is_marked_once_and_due(DatabaseKind kind)
    {
        await using var host = await TestHost.StartAsync(kind);
        var (accounts, at) = (1_100, SomeNumber.Now.AddDays(1));
        await host.WithContextAsync(context =>
        {
            foreach (var id in Enumerable.Range(0, accounts).Select(n => $"{(n % 2 == 0 ? "Tenant" : "tenant")} {n:x}"))
            {
                var head = new AccountReferenceRow { AccountId = id, Incarnation = Guid.NewGuid(), Version = 1 };
                head.Numbers.Add(new PhoneNumberRow { AccountId = id, PhoneNumberId = "106", WabaId = "900", State = NumberState.Active, Token = "sealed", CreatedAt = SomeNumber.Now, ConnectedAt = SomeNumber.Now });
                context.Add(head);
            }

            return context.SaveChangesAsync();
        });

        (await host.WithStoreAsync(store => store.MarkUnprovedAsync(at))).ShouldBe(accounts);

        (await host.WithStoreAsync(store => store.CountUnprovedAsync())).ShouldBe(accounts);
        var heads = await host.WithContextAsync(context => context.Set<AccountReferenceRow>().Select(row => new { row.Version, row.DueAt }).ToListAsync());
        heads.Count.ShouldBe(accounts);
        heads.ShouldAllBe(head => head.Version == 2 && head.DueAt == at);
    }

    [Fact]
    public async Task Who_reads_before_the_mark_and_writes_after_it_begins_again()
    {
        await using var saas = await RestoredSaas.StartAsync();
        await saas.ConnectAsync("acme");
        var (account, runs) = (AccountId.Parse("acme"), 0);
        saas.Clock.Advance(TimeSpan.FromMinutes(1));

        var write = await saas.Numbers.WriteAsync(account, read =>
        {
            if (runs++ == 0)
                saas.MarkAsync().GetAwaiter().GetResult();
            return [.. read.Numbers.Select(number => number with { GrantOrder = 7 })];
        });

        runs.ShouldBe(2);
        write.After.Numbers.Single().ShouldSatisfyAllConditions(number => (number.GrantOrder, number.UnprovedSince is null).ShouldBe((7, false)));
    }
}
