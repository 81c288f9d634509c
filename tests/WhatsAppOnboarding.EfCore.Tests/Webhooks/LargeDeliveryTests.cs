using System.Net;
using WhatsAppOnboarding.EfCore.Tests.Databases;

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
}
