using System.Net;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>Deliveries are taken first and worked after.</summary>
public sealed class TakingTests
{
    private static readonly AccountId Other = AccountId.Parse("other"), Third = AccountId.Parse("third");

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_delivery_is_answered_before_its_handler_is_done_and_worked_once(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        var mayEnd = new TaskCompletionSource();
        inbox.Script.Then = (_, _, _) => mayEnd.Task;

        for (var time = 0; time < 3; time++)
            (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.OK);
        mayEnd.SetResult();
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one", "chat two", "billing two"]);
        inbox.Script.Runs.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Without_the_ledger_a_delivery_is_worked_before_it_is_answered()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup => setup["Webhooks:UseLedger"] = "false");

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.OK);

        inbox.Script.RunsOf("billing", "one").ShouldBe(1);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_a_handler_failed_on_is_worked_again_within_seconds_without_Meta(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        var failed = 0;
        inbox.Script.Then = (_, text, _) => text == "one" && Interlocked.Increment(ref failed) == 1 ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.OK);
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one"]);
        inbox.Script.RunsOf("chat", "one").ShouldBe(2);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Neither_a_handler_that_hangs_nor_one_that_throws_keeps_a_third_account_waiting_whatever_is_behind_them(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        await inbox.AddAccountAsync(Other, "107");
        await inbox.AddAccountAsync(Third, "108");
        inbox.Script.Then = (_, text, _) =>
            text.StartsWith("hang", StringComparison.Ordinal) ? new TaskCompletionSource().Task
            : text.StartsWith("throw", StringComparison.Ordinal) ? throw new InvalidOperationException("No.")
            : Task.CompletedTask;
        await inbox.FillAsync([.. Enumerable.Range(0, 2_000).SelectMany(n => new[] { Inbox.Message($"hang{n}"), Inbox.Message($"throw{n}", "107") })]);
        await Eventually.TrueAsync(() => inbox.Script.Runs.Count > 20, "both to be under way");
        var began = TimeProvider.System.GetTimestamp();

        (await inbox.PostAsync(Inbox.Delivery(Inbox.Message("theirs", "108")))).ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await inbox.SavedAsync()).Contains("chat theirs"), "the third account's message");

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Accounts_whose_handlers_hang_take_no_place_from_the_others_for_long()
    {
        // As many places as accounts that hang: all of them, if what hangs kept its own.
        const int Places = 4;
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup => setup["Webhooks:MaxDeliveriesInFlight"] = $"{Places}");
        await inbox.AddAccountAsync(Third, "108", "902");
        inbox.Script.Then = (_, text, _) => text.StartsWith("hang", StringComparison.Ordinal) ? new TaskCompletionSource().Task : Task.CompletedTask;
        for (var account = 0; account < Places; account++)
        {
            await inbox.AddAccountAsync(AccountId.Parse($"hangs-{account}"), $"20{account}", $"91{account}");
            (await inbox.PostAsync(Inbox.DeliveryOf($"91{account}", Inbox.Message($"hang{account}", $"20{account}")))).ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.TrueAsync(() => inbox.Script.Runs.Count >= Places, "all of them to hang");
        (await inbox.PostAsync(Inbox.DeliveryOf("902", Inbox.Message("theirs", "108")))).ShouldBe(HttpStatusCode.OK);

        // The hanging ones are given up after 20 seconds, which is longer than this waits.
        await Eventually.TrueAsync(async () => (await inbox.SavedAsync()).Contains("chat theirs"), "the third account's message");
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_delivery_that_could_not_be_written_is_not_acknowledged(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        await inbox.Nodes.UseContextAsync(context => context.Database.ExecuteSqlRawAsync("DROP TABLE \"WhatsAppInbox\""));

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
