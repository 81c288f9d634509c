using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>One account's trouble is not its neighbours'.</summary>
public sealed class NeighbourTests
{
    private static readonly AccountId Other = AccountId.Parse("other");

    [Fact]
    public async Task Slow_items_of_one_account_hold_up_anothers_message_once()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:DeliveryTimeout"] = "00:00:01");
        await inbox.AddAccountAsync(Other, "107");
        inbox.Script.Then = (_, text, token) => text.StartsWith("slow", StringComparison.Ordinal) ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var delivery = Inbox.Delivery([.. Enumerable.Range(0, 8).Select(i => Inbox.Message($"slow{i}")), Inbox.Message("theirs", "107")]);

        for (var time = 0; time < 2; time++)
            await inbox.PostAsync(delivery);

        (await inbox.SavedAsync()).ShouldContain("chat theirs");
    }

    [Fact]
    public async Task Numbers_that_cannot_be_written_keep_no_other_accounts_message_out()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, configure: setup =>
        {
            setup["Webhooks:DeliveryTimeout"] = "00:00:01";
            setup.Services.AddScoped<IAccountWabaReferenceSync, HangingSync>();
        });
        await inbox.AddAccountAsync(Other, "107");
        HangingSync.Hangs = true;
        try
        {
            var delivery = Inbox.Delivery(
                """{"field":"account_update","value":{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}}""", Inbox.Message("theirs", "107"));
            for (var time = 0; time < 2; time++)
                (await inbox.PostAsync(delivery)).ShouldNotBe(HttpStatusCode.OK);
            (await inbox.SavedAsync()).ShouldContain("chat theirs");
        }
        finally
        {
            HangingSync.Hangs = false;
        }
    }

    [Fact]
    public async Task Slow_handlers_of_one_account_leave_room_for_the_others()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup =>
        {
            setup["Webhooks:MaxDeliveriesInFlight"] = "4";
            setup["Webhooks:DeliveryTimeout"] = "00:00:03";
        });
        await inbox.AddAccountAsync(Other, "107");
        inbox.Script.Then = (_, text, token) => text.StartsWith("slow", StringComparison.Ordinal) ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var slow = Enumerable.Range(0, 4).Select(i => inbox.PostAsync(Inbox.Messages($"slow{i}"))).ToArray();
        await Eventually.TrueAsync(() => inbox.Script.Runs.Count == 2, "half of the places to be taken");
        var answer = await inbox.PostAsync(Inbox.Delivery(Inbox.Message("theirs", "107")));
        await Task.WhenAll(slow);
        answer.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_handler_that_has_not_ended_is_not_begun_again_beside_itself()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:DeliveryTimeout"] = "00:00:01");
        var running = 0;
        var end = new TaskCompletionSource();
        inbox.Script.Then = async (_, _, _) =>
        {
            Interlocked.Increment(ref running);
            await end.Task;
        };
        for (var time = 0; time < 4; time++)
            await inbox.PostAsync(Inbox.Messages("stuck"));
        var atOnce = running;
        end.SetResult();
        atOnce.ShouldBe(1);
    }

    private sealed class HangingSync : IAccountWabaReferenceSync
    {
        public static bool Hangs { get; set; }

        public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken) =>
            Hangs && reference.AccountId == Inbox.Acme ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }
}
