using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class ParkingTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task An_item_that_failed_too_often_is_parked_and_acknowledged_and_holds_up_no_other(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, configure: setup => setup["Webhooks:ParkAfterFailures"] = "3");
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107");
        inbox.Script.Then = (_, text, _) => text == "bad" ? throw new InvalidOperationException("This is why.") : Task.CompletedTask;
        var delivery = Inbox.Delivery(Inbox.Message("bad"), Inbox.Message("good"), Inbox.Message("theirs", "107"));

        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.SavedAsync()).ShouldBe(["chat good", "billing good", "chat theirs", "billing theirs"]);
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
        for (var time = 0; time < 3; time++)
            (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);

        var parked = (await inbox.ParkedAsync()).ShouldHaveSingleItem();
        parked.ItemKey.ShouldBe("message:106:wamid.bad");
        parked.Failures.ShouldBe(3);
        parked.Reason.ShouldBe("InvalidOperationException: This is why.");
        parked.FailedHandler.ShouldBe(typeof(ChatHandler).ToString());
        parked.ToString().ShouldBe("message:106:wamid.bad of acme");
        inbox.Script.RunsOf("chat", "bad").ShouldBe(3);
        inbox.Nodes[0].Logs.Lines.Count(line => line.EventId == 1531).ShouldBe(1);
        (await inbox.SavedAsync()).Length.ShouldBe(4);
    }

    [Fact]
    public async Task An_item_that_failed_for_a_day_is_parked()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, clock: _clock);
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("No.");

        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.InternalServerError);
        _clock.Advance(TimeSpan.FromHours(23));
        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.InternalServerError);
        _clock.Advance(TimeSpan.FromHours(1));
        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.ParkedAsync()).ShouldHaveSingleItem().ParkedAt.ShouldBe(_clock.GetUtcNow());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_handler_that_hangs_holds_up_the_others_of_its_delivery_once_and_is_parked_in_the_end(bool blocks)
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:ParkAfterFailures"] = "2", clock: _clock);
        using var release = new ManualResetEventSlim();
        var never = new TaskCompletionSource();
        inbox.Script.Then = (_, text, _) =>
        {
            if (text != "bad")
                return Task.CompletedTask;
            if (!blocks)
                return never.Task;
            release.Wait(CancellationToken.None);
            return Task.CompletedTask;
        };

        var posting = inbox.PostAsync(Inbox.Messages("bad", "good"));
        await Eventually.TrueAsync(() => inbox.Script.RunsOf("chat", "bad") == 1, "the handler to hang");
        _clock.Advance(TimeSpan.FromSeconds(21));
        (await posting).ShouldBe(HttpStatusCode.InternalServerError);
        inbox.Script.RunsOf("chat", "good").ShouldBe(0);
        (await inbox.KnownAsync("message:106:wamid.bad"))!.Reason!.ShouldStartWith("TimeoutException: It had not finished when the time was over (WhatsAppOnboarding:Webhooks:DeliveryTimeout)");

        // It still hangs, so it is not begun a second time beside itself; that counts as a failure, too.
        (await inbox.PostAsync(Inbox.Messages("bad", "good"))).ShouldBe(HttpStatusCode.OK);
        inbox.Script.RunsOf("chat", "bad").ShouldBe(1);
        (await inbox.SavedAsync()).ShouldBe(["chat good", "billing good"]);
        (await inbox.ParkedAsync()).ShouldHaveSingleItem().ItemKey.ShouldBe("message:106:wamid.bad");

        // What ends long after nobody waits any more changes nothing.
        release.Set();
        never.SetResult();
        (await inbox.PostAsync(Inbox.Messages("another"))).ShouldBe(HttpStatusCode.OK);
        (await inbox.SavedAsync()).ShouldBe(["chat good", "billing good", "chat another", "billing another"]);
    }

    [Fact]
    public async Task A_reason_that_is_no_text_is_noted_all_the_same()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException($"half \ud800 nothing \0 long {new string('x', 932)}😀😀");

        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.OK);

        var reason = (await inbox.ParkedAsync()).ShouldHaveSingleItem().Reason!;
        reason.ShouldStartWith("InvalidOperationException: half � nothing  long xxx");
        reason.Length.ShouldBeLessThanOrEqualTo(1000);
    }

    [Fact]
    public async Task A_handler_that_leaves_a_transaction_open_is_told_so_and_saves_nothing()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup =>
        {
            setup["Webhooks:ParkAfterFailures"] = "1";
            setup.Library += library => library.AddWebhookHandler<OpenTransaction>();
        });

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.ParkedAsync()).ShouldHaveSingleItem().Reason!.ShouldContain("left a transaction open");
        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one"]);
    }

    [Fact]
    public async Task A_scope_that_cannot_be_disposed_of_takes_nothing_back()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup =>
        {
            setup.Services.AddScoped<Undisposable>();
            setup.Library += library => library.AddWebhookHandler<NeedsUndisposable>();
        });

        (await inbox.PostAsync(Inbox.Messages("one", "two"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat one", "billing one", "chat two", "billing two"]);
        inbox.Nodes[0].Logs.Lines.ShouldContain(line => line.EventId == 1534);
    }

    private sealed class OpenTransaction(PlainContext context) : IWebhookHandler
    {
        public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            await context.Database.BeginTransactionAsync(cancellationToken);
            context.Add(new HostMessage { Handler = "open", Key = webhookEvent.Key, Text = webhookEvent.Key });
        }
    }

    private sealed class NeedsUndisposable(Undisposable needed) : IWebhookHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            needed.IsUsed = true;
            return Task.CompletedTask;
        }
    }

    private sealed class Undisposable : IAsyncDisposable
    {
        public bool IsUsed { get; set; }

        public ValueTask DisposeAsync() => IsUsed ? throw new InvalidOperationException("It cannot be.") : ValueTask.CompletedTask;
    }
}
