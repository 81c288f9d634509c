namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>What <c>CrowdTests</c> does, at length: it takes minutes, and so is there only in a build with <c>-p:LongTests=true</c>.</summary>
public sealed class TenNodesTests(ITestOutputHelper output)
{
    [Theory, InlineData(2), InlineData(10)]
    public Task Two_thousand_connects_and_disconnects_keep_the_promises(int nodes) => new Crowd(nodes, atOnce: 100).ConnectAndDisconnectAsync(2_000, output);

    [Fact]
    public Task Ten_nodes_look_after_two_hundred_accounts_with_the_calls_of_one() => new Crowd(nodes: 10, atOnce: 16).LookAfterAsync(200, output);
}
