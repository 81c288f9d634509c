using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Journey;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What an account had received and not finished comes again, whatever became of its numbers meanwhile.</summary>
public sealed class RepeatTests
{
    private static readonly AccountId Other = AccountId.Parse("other");

    [Fact]
    public async Task That_access_ended_is_told_to_a_handler_that_failed_at_first()
    {
        var clock = new ManualTimeProvider();
        await using var nodes = await Nodes.StartAsync(DatabaseKind.Sqlite, configure: setup => setup.Services.AddSingleton<TimeProvider>(clock));
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        await nodes[0].ConnectAsync("acme");
        clock.Advance(TimeSpan.FromMinutes(5));
        nodes.Meta.World.RemoveAppFrom(waba.Id);
        nodes[0].Events.Failing["PARTNER_REMOVED"] = 1;
        using var client = nodes[0].OpenApi(null);
        var body = $$$$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{{{waba.Id}}}}}","time":{{{{{clock.GetUtcNow().ToUnixTimeSeconds()}}}}},"changes":[{"field":"account_update","value":{"event":"PARTNER_REMOVED"}}]}]}""";

        (await client.DeliverAsync(nodes[0], body)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await nodes[0].ReadAsync("acme")).Numbers.ShouldHaveSingleItem().State.ShouldBe(NumberState.Inactive);
        (await client.DeliverAsync(nodes[0], body)).StatusCode.ShouldBe(HttpStatusCode.OK);

        nodes[0].Events.Events.Count(seen => seen.Field == "account_update").ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_failed_reaches_its_account_though_another_connected_the_number_since()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("Not now.");
        (await inbox.PostAsync(Inbox.Messages("mine"))).ShouldBe(HttpStatusCode.InternalServerError);
        inbox.Script.Then = (_, _, _) => Task.CompletedTask;
        await inbox.AddAccountAsync(Other, "106");
        await WriteAsync(inbox, Inbox.Acme, number => number with { Evidence = number.Evidence with { RefusedAt = DateTimeOffset.UtcNow } });
        await WriteAsync(inbox, Other, number => number with { Evidence = new NumberEvidence { SubscribedAt = DateTimeOffset.UtcNow, ListedAt = DateTimeOffset.UtcNow } });

        var answer = await inbox.PostAsync(Inbox.Messages("mine"));

        answer.ShouldBe(HttpStatusCode.OK);
        inbox.Script.Runs.ShouldContain(run => run.Handler == "billing" && run.Event.AccountId == Inbox.Acme);
    }

    private static Task<PhoneNumberWrite> WriteAsync(Inbox inbox, AccountId account, Func<PhoneNumber, PhoneNumber> change, int node = 0) =>
        inbox.Nodes[node].UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(account, read => [.. read.Numbers.Select(change)]));
}
