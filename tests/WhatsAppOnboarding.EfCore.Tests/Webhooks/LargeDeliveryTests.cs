using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class LargeDeliveryTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_delivery_that_names_more_numbers_than_one_query_may_reaches_the_one_that_is_held(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind);
        var strangers = Enumerable.Range(100_000, 40_000).Select(number => $$$$"""{"value":{"metadata":{"phone_number_id":{{{{number}}}}}}}""");

        (await inbox.PostAsync(Inbox.Delivery([.. strangers, Inbox.Message("ours")]))).ShouldBe(HttpStatusCode.OK);

        (await inbox.SavedAsync()).ShouldBe(["chat ours", "billing ours"]);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_delivery_of_more_items_than_its_time_is_enough_for_is_worked_through_in_pieces_and_each_item_once(DatabaseKind kind)
    {
        var clock = new ManualTimeProvider();
        await using var inbox = await Inbox.StartAsync(kind, clock: clock, configure: setup => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0));
        var texts = Enumerable.Range(0, 90).Select(n => $"t{n}").ToArray();
        var begun = 0;
        inbox.Script.Then = (_, _, _) =>
        {
            // Forty of the 180 calls take all the time of a delivery.
            if (++begun % 40 == 0)
                clock.Advance(TimeSpan.FromSeconds(15));
            return Task.CompletedTask;
        };
        var answers = new List<HttpStatusCode>();
        do
            answers.Add(await inbox.PostAsync(Inbox.Messages(texts)));
        while (answers[^1] != HttpStatusCode.OK && answers.Count < 10);

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 4), HttpStatusCode.OK]);
        (await inbox.SavedAsync()).ShouldBe([.. texts.SelectMany(text => new[] { $"chat {text}", $"billing {text}" })]);
        begun.ShouldBe(180);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
    }
}
