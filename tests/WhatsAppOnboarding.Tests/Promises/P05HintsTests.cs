using System.Net;
using System.Net.Http.Json;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P05HintsTests
{
    [Fact]
    public async Task Ids_that_a_front_end_posts_store_nothing_that_the_token_did_not_show()
    {
        await using var host = await TheHost.StartAsync();
        var mine = host.Meta.World.AddBusiness("Mine").AddWaba("Mine");
        mine.AddNumber("+1 631-555-0100", "Mine");
        var foreign = host.Meta.World.AddBusiness("Foreign").AddWaba("Foreign");
        var foreignNumber = foreign.AddNumber("+1 631-555-0199", "Foreign");
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host, mine.Id);

        var answer = await api.PostAsJsonAsync(
            ApiConnect.OAuth,
            new { code, state, wabaId = foreign.Id, phoneNumberId = foreignNumber.Id, businessId = foreign.Owner.Id, @event = "FINISH" },
            TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().WabaId.ToString().ShouldBe(mine.Id);
        foreign.IsAppSubscribed.ShouldBeFalse();
        host.Meta.Calls.All.ShouldNotContain(call => call.Path.Contains(foreign.Id) || call.Path.Contains(foreignNumber.Id));
    }
}
