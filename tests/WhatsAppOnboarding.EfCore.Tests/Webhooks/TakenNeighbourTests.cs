using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Stores;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What one account, or trouble of the host, may not take from what was taken of others.</summary>
public sealed class TakenNeighbourTests
{
    [Fact]
    public async Task What_waits_for_too_long_of_one_WABA_turns_only_its_own_deliveries_away()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup => setup["Webhooks:MaxBacklogAge"] = "00:00:01");
        inbox.Script.Then = (_, _, _) => new TaskCompletionSource().Task;
        await inbox.FillAsync([.. Enumerable.Range(0, 20).Select(index => Inbox.Message($"slow{index}"))]);

        await Eventually.TrueAsync(async () => await inbox.PostAsync(Inbox.Messages("new")) == HttpStatusCode.ServiceUnavailable, "a delivery of it to be turned away");
        (await inbox.PostAsync(Inbox.DeliveryOf("901", Inbox.Message("theirs", "107")))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task However_much_hangs_of_an_account_in_however_many_WABAs_others_are_reached()
    {
        const int Wabas = 20, Numbers = 16, OfEach = 16;
        var many = AccountId.Parse("many");
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true);
        await inbox.Nodes.AddAccountsAsync(many.ToString());
        await inbox.Nodes[0].UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(many, _ =>
        [
            .. Enumerable.Range(0, Wabas * Numbers).Select(index => SomeNumber.Connected(many, $"{2000 + index}", $"{7000 + (index / Numbers)}", order: index)
                with { Evidence = new NumberEvidence { SubscribedAt = SomeNumber.Now } }),
        ]));
        inbox.Script.Then = (_, text, _) => text.StartsWith("hang", StringComparison.Ordinal) ? new TaskCompletionSource().Task : Task.CompletedTask;
        for (var waba = 0; waba < Wabas; waba++)
            await inbox.FillAsync([.. Enumerable.Range(0, Numbers * OfEach).Select(index => Inbox.Message($"hang{waba}-{index}", $"{2000 + (waba * Numbers) + (index % Numbers)}"))], waba: $"{7000 + waba}");
        await Eventually.TrueAsync(() => inbox.Nodes.UseContextAsync(async context => await context.Set<InboxRow>().CountAsync(row => row.TakenBy != null) > 2_500), "most of it to be in hand");

        (await inbox.PostAsync(Inbox.Messages("theirs"))).ShouldBe(HttpStatusCode.OK);

        await Eventually.TrueAsync(async () => (await inbox.SavedAsync()).Contains("chat theirs"), "the other account's message");
    }

    [Fact]
    public async Task What_was_begun_often_without_an_end_is_worked_alone_so_that_it_takes_no_other_along_when_it_ends_the_process()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true);
        var mayEnd = new TaskCompletionSource();
        inbox.Script.Then = (_, _, _) => mayEnd.Task;
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107", "901");

        await inbox.FillAsync([.. Enumerable.Range(0, 5).Select(index => Inbox.Message($"often{index}"))], tries: 5);
        await inbox.FillAsync([.. Enumerable.Range(0, 5).Select(index => Inbox.Message($"theirs{index}", "107"))], waba: "901", tries: 5);
        await Eventually.TrueAsync(() => !inbox.Script.Runs.IsEmpty, "a handler to run");

        (await inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().CountAsync(row => row.TakenBy != null))).ShouldBe(1);
        mayEnd.SetResult();
        await inbox.EmptyAsync();
        inbox.Script.Runs.Count.ShouldBe(20);
    }

    [Fact]
    public async Task When_the_inbox_is_switched_on_under_way_what_is_taken_is_worked()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: false);
        (await inbox.PostAsync(Inbox.Messages("before"))).ShouldBe(HttpStatusCode.OK);

        inbox.Nodes[0].App.Configuration["WhatsAppOnboarding:Webhooks:UseInbox"] = "true";
        ((Microsoft.Extensions.Configuration.IConfigurationRoot)inbox.Nodes[0].App.Configuration).Reload();
        (await inbox.PostAsync(Inbox.Messages("after"))).ShouldBe(HttpStatusCode.OK);
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBe(["chat before", "billing before", "chat after", "billing after"]);
    }

    [Fact]
    public async Task What_another_node_still_takes_is_worked_by_one_that_takes_nothing_any_more()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: false);
        (await inbox.PostAsync(Inbox.Messages("inline"))).ShouldBe(HttpStatusCode.OK);

        await inbox.FillAsync(Inbox.Message("left"));
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldContain("billing left");
    }

    [Fact]
    public async Task While_the_database_hangs_what_waits_to_be_written_stays_within_its_memory_though_nobody_waits_any_more()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, takes: true, configure: setup => setup["Webhooks:DeliveryTimeout"] = "00:00:01");
        var intake = inbox.Nodes[0].App.Services.GetRequiredService<IWebhookIntake>();
        var large = new TakenDelivery { Body = Encoding.UTF8.GetBytes(Inbox.Messages(new string('x', 1_450_000))), ReceivedAt = DateTimeOffset.UtcNow };
        await inbox.Nodes.UseContextAsync(async context =>
        {
            await using var locked = await context.Database.BeginTransactionAsync();
            await context.Database.ExecuteSqlRawAsync("""LOCK TABLE "WhatsAppInbox" IN ACCESS EXCLUSIVE MODE""");
            await Task.WhenAll(Enumerable.Range(0, 23).Select(_ => Should.ThrowAsync<OperationCanceledException>(() => intake.TakeAsync(large))));

            (await intake.TakeAsync(large)).ShouldBe(DeliveryAnswer.Busy);
            return 0;
        });
    }
}
