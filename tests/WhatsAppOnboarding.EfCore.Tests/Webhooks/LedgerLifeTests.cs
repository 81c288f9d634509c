using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class LedgerLifeTests
{
    [Fact]
    public async Task Erasing_an_account_takes_what_the_ledger_knows_of_it_and_nothing_of_another()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107");
        inbox.Script.Then = (_, text, _) => text == "bad" ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        (await inbox.PostAsync(Inbox.Delivery(Inbox.Message("good"), Inbox.Message("bad"), Inbox.Message("theirs", "107")))).ShouldBe(HttpStatusCode.OK);
        (await inbox.ParkedAsync()).ShouldHaveSingleItem();

        await inbox.Nodes[0].UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(Inbox.Acme));

        (await inbox.KnownAsync("message:106:wamid.good")).ShouldBeNull();
        (await inbox.KnownAsync("message:106:wamid.bad")).ShouldBeNull();
        var theirs = await inbox.Nodes[0].UseAsync<IWebhookLedger, IReadOnlyList<LedgerRecord>>(ledger => ledger.FindAsync(["message:107:wamid.theirs"]));
        theirs.ShouldHaveSingleItem();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_fails_while_its_account_is_erased_leaves_nothing_in_the_ledger(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        inbox.Script.Then = async (_, _, _) =>
        {
            await inbox.Nodes[0].UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(Inbox.Acme));
            throw new InvalidOperationException("The account is gone.");
        };

        (await inbox.PostAsync(Inbox.Messages("personal"))).ShouldBe(HttpStatusCode.OK);

        inbox.Script.RunsOf("chat", "personal").ShouldBe(1);
        (await inbox.KnownAsync("message:106:wamid.personal")).ShouldBeNull();
        inbox.Nodes[0].Logs.Lines.ShouldNotContain(line => line.EventId == 1531);
    }

    [Fact]
    public async Task Housekeeping_forgets_what_was_finished_after_eight_days_and_what_is_parked_after_thirty()
    {
        var clock = new ManualTimeProvider();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1", clock: clock);
        inbox.Script.Then = (_, text, _) => text == "bad" ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        await inbox.PostAsync(Inbox.Messages("good", "bad"));

        clock.Sleep(TimeSpan.FromDays(8) - TimeSpan.FromHours(1));
        await inbox.PostAsync(Inbox.Messages("good", "later"));
        inbox.Script.RunsOf("chat", "good").ShouldBe(1);
        clock.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(async () => await inbox.KnownAsync("message:106:wamid.good") is null, "what was finished to be forgotten");
        (await inbox.KnownAsync("message:106:wamid.later")).ShouldNotBeNull();
        (await inbox.ParkedAsync()).ShouldHaveSingleItem();

        clock.Sleep(TimeSpan.FromDays(22));
        await Eventually.TrueAsync(async () => await inbox.KnownAsync("message:106:wamid.bad") is null, "what was parked to be forgotten");
    }

    [Fact]
    public async Task What_is_parked_is_forgotten_after_thirty_days_however_often_somebody_tried_it_again()
    {
        var clock = new ManualTimeProvider();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1", clock: clock);
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("No.");
        await inbox.PostAsync(Inbox.Messages("bad"));
        clock.Sleep(TimeSpan.FromDays(29));
        (await inbox.ReplayAsync("message:106:wamid.bad")).ShouldBe(Inbox.Result(failedAgain: 1, left: 1));

        clock.Sleep(TimeSpan.FromDays(2));

        await Eventually.TrueAsync(async () => await inbox.KnownAsync("message:106:wamid.bad") is null, "what was parked to be forgotten");
    }

    [Fact]
    public async Task Without_the_ledger_a_handler_saves_by_itself_and_start_up_says_so()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup =>
        {
            setup["Webhooks:UseLedger"] = "false";
            setup["Webhooks:ParkAfterFailures"] = "1";
            setup.Library += library => library.AddWebhookHandler<SavingHandler>();
        });

        await inbox.PostAsync(Inbox.Messages("one"));
        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["saving message:106:wamid.one", "saving message:106:wamid.one"]);
        (await inbox.KnownAsync("message:106:wamid.one")).ShouldBeNull();
        inbox.Nodes[0].Logs.Lines.Where(line => line.EventId == 1104).ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Warning);
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("No.");
        (await inbox.PostAsync(Inbox.Messages("two"))).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.PostAsync(Inbox.Messages("two"))).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_runs_no_handler_and_acknowledges_nothing()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);
        await inbox.Nodes.UseContextAsync(context => context.Database.ExecuteSqlRawAsync("DROP TABLE \"WhatsAppWebhookItems\""));

        (await inbox.PostAsync(Inbox.Messages("one"))).ShouldBe(HttpStatusCode.InternalServerError);

        inbox.Script.Runs.ShouldBeEmpty();
        inbox.Nodes[0].Logs.Lines.ShouldContain(line => line.EventId == 1533);
    }

    [Fact]
    public async Task With_the_ledger_on_nothing_is_warned_of()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);

        inbox.Nodes[0].Logs.Lines.ShouldNotContain(line => line.EventId == 1104);
    }

    private sealed class SavingHandler(PlainContext context) : IWebhookHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            context.Add(new HostMessage { Handler = "saving", Key = webhookEvent.Key, Text = webhookEvent.Key });
            return context.SaveChangesAsync(cancellationToken);
        }
    }
}
