using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class CallLogTests : EmulatorTest
{
    [Fact]
    public async Task Calls_made_side_by_side_are_one_link_of_the_chain()
    {
        Options.Latency = TimeSpan.FromMilliseconds(250);
        var token = Meta.World.IssueToken().Value;
        await Graph.GetAsync("/v25.0/me", token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Graph.GetAsync("/v25.0/me", token)));
        await Graph.GetAsync("/v25.0/me", token);
        Meta.Calls.All.Count.ShouldBe(6);
        Meta.Calls.LongestChain().ShouldBe(3);
        Meta.Calls.Clear();
        Meta.Calls.LongestChain().ShouldBe(0);
    }

    [Theory]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("baggage", "account=7")]
    [InlineData("Cookie", "a=b")]
    public async Task A_call_that_carries_more_than_it_should_is_marked(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v25.0/me");
        request.Headers.Add(header, value);
        using var response = await Graph.Http.SendAsync(request, Ct);
        Meta.Calls.All.ShouldHaveSingleItem().CarriedUnwantedHeaders.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_in_the_url_is_accepted_and_recorded_without_its_value()
    {
        var token = Meta.World.IssueToken().Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v25.0/me?access_token=" + token);
        Options.RequireAppSecretProof = false;
        using var response = await Graph.Http.SendAsync(request, Ct);

        var call = Meta.Calls.Of(GraphOperations.Me).ShouldHaveSingleItem();
        (call.TokenInUrl, call.CarriedUnwantedHeaders, call.Status, call.Code).ShouldBe((true, false, 200, null));
        call.Path.ShouldBe("/v25.0/me");
        call.QueryNames.ShouldBe(["access_token"]);
    }

    [Fact]
    public async Task A_polite_call_is_recorded_as_such()
    {
        await Graph.GetAsync("/v25.0/me", Meta.World.IssueToken().Value);
        var call = Meta.Calls.All.ShouldHaveSingleItem();
        (call.TokenInUrl, call.CarriedUnwantedHeaders, call.Status, call.Code).ShouldBe((false, false, 200, null));
        call.EndedTicks!.Value.ShouldBeGreaterThanOrEqualTo(call.StartedTicks);
    }
}
