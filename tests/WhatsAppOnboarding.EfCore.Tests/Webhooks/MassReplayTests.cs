using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>Many parked items at once.</summary>
public sealed class MassReplayTests
{
    private static readonly AccountId Other = AccountId.Parse("other");
    private static readonly DateTimeOffset Yesterday = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new();

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_a_query_names_is_replayed_or_given_up_and_nothing_else(DatabaseKind kind)
    {
        await using var inbox = await StartAsync(kind);
        await inbox.ParkAsync(Inbox.Acme, "old", Yesterday);
        await inbox.ParkAsync(Inbox.Acme, "new", Yesterday.AddHours(2));
        await inbox.ParkAsync(Inbox.Acme, "another reason", Yesterday.AddHours(2), "FormatException: No.");
        await inbox.ParkAsync(Inbox.Acme, "another handler", Yesterday.AddHours(2), handler: typeof(BillingHandler).ToString());
        await inbox.ParkAsync(Other, "theirs", Yesterday.AddHours(2));

        (await inbox.ReplayAsync(new ParkedQuery { AccountId = Inbox.Acme, Since = Yesterday.AddHours(1), Reason = "IOException", Handler = typeof(ChatHandler).ToString() })).ShouldBe(Inbox.Result(unparked: 1));
        Texts(inbox).ShouldBe(["new"]);
        (await inbox.ReplayAsync(new ParkedQuery { Reason = "FormatException" })).ShouldBe(Inbox.Result(unparked: 1));
        (await inbox.ReplayAsync(new ParkedQuery { Handler = typeof(BillingHandler).ToString() })).ShouldBe(Inbox.Result(unparked: 1));
        (await inbox.ReplayAsync(new ParkedQuery { Since = Yesterday.AddHours(1) })).ShouldBe(Inbox.Result(unparked: 1));
        Texts(inbox).ShouldBe(["new", "another reason", "another handler", "theirs"]);

        (await inbox.DiscardAsync(new ParkedQuery { AccountId = Inbox.Acme })).ShouldBe(Inbox.Result(unparked: 1));
        (await inbox.ReplayAsync(new ParkedQuery())).ShouldBe(Inbox.Result());
        Texts(inbox).Length.ShouldBe(4);
    }

    [Fact]
    public async Task What_fails_again_is_left_with_its_new_reason_and_holds_up_nothing_behind_it()
    {
        await using var inbox = await StartAsync(DatabaseKind.Sqlite);
        foreach (var (text, minute) in new[] { ("a", 0), ("bad", 1), ("c", 2) })
            await inbox.ParkAsync(Inbox.Acme, text, Yesterday.AddMinutes(minute));
        inbox.Script.Then = (_, text, _) => text == "bad" ? throw new FormatException("Still.") : Task.CompletedTask;

        (await inbox.ReplayAsync(new ParkedQuery { Reason = "IOException" })).ShouldBe(Inbox.Result(unparked: 2, failedAgain: 1));

        (await inbox.ParkedAsync()).ShouldHaveSingleItem().Reason.ShouldBe("FormatException: Still.");
        (await inbox.Nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<ParkedGroup>>(operations => operations.GroupParkedAsync()))
            .ShouldBe([new ParkedGroup { Reason = "FormatException", Handler = typeof(ChatHandler).ToString(), Count = 1, OldestAt = Yesterday.AddMinutes(1) }]);
    }

    [Fact]
    public async Task Of_each_account_all_come_in_order_of_arrival_and_never_more_than_a_piece_of_them_is_read()
    {
        var read = new LargestRead();
        await using var inbox = await StartAsync(DatabaseKind.PostgreSql, read);
        const int Count = 130;
        AccountId[] accounts = [Inbox.Acme, Other];
        foreach (var number in Enumerable.Range(0, Count).OrderBy(number => number * 37 % Count))
            await inbox.ParkAsync(accounts[number % 2], $"{number}", Yesterday.AddSeconds(number));
        read.Count = 0;

        (await inbox.ReplayAsync(new ParkedQuery())).ShouldBe(Inbox.Result(unparked: Count));

        foreach (var account in accounts)
            Texts(inbox, account).ShouldBe(Enumerable.Range(0, Count).Where(number => accounts[number % 2] == account).Select(number => $"{number}"));
        read.Count.ShouldBeInRange(10, 51, "the end is read, too");
    }

    [Fact]
    public async Task An_account_whose_handler_hangs_keeps_no_other_waiting_and_is_left_after_three()
    {
        await using var inbox = await StartAsync(DatabaseKind.Sqlite);
        var never = new TaskCompletionSource();
        for (var number = 0; number < 5; number++)
        {
            await inbox.ParkAsync(Inbox.Acme, $"hangs {number}", Yesterday.AddMinutes(number));
            await inbox.ParkAsync(Other, $"theirs {number}", Yesterday.AddMinutes(number));
        }

        inbox.Script.Then = (_, text, _) => text.StartsWith("hangs", StringComparison.Ordinal) ? never.Task : Task.CompletedTask;
        var replay = inbox.ReplayAsync(new ParkedQuery());

        await Eventually.TrueAsync(() => Texts(inbox, Other).Length == 5, "the other account to be done");
        for (var number = 0; number < 3; number++)
        {
            await Eventually.TrueAsync(() => inbox.Script.RunsOf("chat", $"hangs {number}") == 1, "the handler to hang");
            replay.IsCompleted.ShouldBeFalse();
            _clock.Advance(TimeSpan.FromSeconds(21));
        }

        (await replay).ShouldBe(Inbox.Result(unparked: 5, failedAgain: 3, left: 5));
        Texts(inbox, Inbox.Acme).ShouldBe(["hangs 0", "hangs 1", "hangs 2"]);
        never.SetResult();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_second_operator_at_the_same_time_runs_nothing_twice(DatabaseKind kind)
    {
        await using var inbox = await StartAsync(kind);
        for (var number = 0; number < 20; number++)
            await inbox.ParkAsync(Inbox.Acme, $"{number}", Yesterday.AddMinutes(number));
        var (held, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        inbox.Script.Then = (handler, text, _) =>
        {
            if ((handler, text) != ("billing", "0"))
                return Task.CompletedTask;
            held.TrySetResult();
            return release.Task;
        };

        var first = inbox.ReplayAsync(new ParkedQuery());
        await held.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        (await inbox.ReplayAsync(new ParkedQuery(), node: 1)).ShouldBe(Inbox.Result(unparked: 19, left: 1));
        release.SetResult();

        (await first).ShouldBe(Inbox.Result(unparked: 1));
        inbox.Script.Runs.Count.ShouldBe(40);
        (await inbox.SavedAsync()).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task An_item_whose_replay_died_with_its_process_may_be_replayed_again_minutes_later()
    {
        await using var inbox = await StartAsync(DatabaseKind.Sqlite);
        await inbox.ParkAsync(Inbox.Acme, "a", Yesterday);
        var parked = (await inbox.ParkedAsync()).ShouldHaveSingleItem();
        (await inbox.Nodes[0].UseAsync<IWebhookLedger, LedgerRecord?>(ledger => ledger.TakeParkedAsync(parked, _clock.GetUtcNow().AddMinutes(3)))).ShouldNotBeNull();

        (await inbox.ReplayAsync(new ParkedQuery())).ShouldBe(Inbox.Result(left: 1));
        _clock.Advance(TimeSpan.FromMinutes(3));
        (await inbox.ReplayAsync(new ParkedQuery())).ShouldBe(Inbox.Result(unparked: 1));
    }

    [Fact]
    public async Task A_replay_that_is_cancelled_ends_what_it_began_and_says_what_is_left()
    {
        await using var inbox = await StartAsync(DatabaseKind.Sqlite);
        for (var number = 0; number < 10; number++)
            await inbox.ParkAsync(Inbox.Acme, $"{number}", Yesterday.AddMinutes(number));
        using var cancellation = new CancellationTokenSource();
        inbox.Script.Then = (handler, text, _) => (handler, text) == ("chat", "2") ? cancellation.CancelAsync() : Task.CompletedTask;

        (await inbox.ReplayAsync(new ParkedQuery(), cancellationToken: cancellation.Token)).ShouldBe(Inbox.Result(unparked: 3, left: 7));

        (await inbox.SavedAsync()).ShouldBe(["chat 0", "billing 0", "chat 1", "billing 1", "chat 2", "billing 2"]);
    }

    private async Task<Inbox> StartAsync(DatabaseKind kind, LargestRead? read = null)
    {
        var inbox = await Inbox.StartAsync(kind, nodes: 2, options: read is null ? null : options => options.AddInterceptors(read), clock: _clock);
        await inbox.AddAccountAsync(Other, "107");
        return inbox;
    }

    private static string[] Texts(Inbox inbox, AccountId? account = null) =>
        [.. inbox.Script.Runs.Where(run => run.Handler == "chat" && (account is null || run.Event.AccountId == account)).Select(run => HandlerScript.TextOf(run.Event))];

    /// <summary>How many rows one command read at most.</summary>
    private sealed class LargestRead : DbCommandInterceptor
    {
        private readonly Lock _lock = new();

        public int Count { get; set; }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            lock (_lock)
                Count = Math.Max(Count, eventData.ReadCount);
            return base.DataReaderClosingAsync(command, eventData, result);
        }
    }
}
