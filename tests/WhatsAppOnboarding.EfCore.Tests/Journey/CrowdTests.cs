namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>The short runs of <c>TenNodesTests</c>.</summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    [Fact]
    public Task Two_hundred_connects_and_disconnects_on_two_nodes_keep_the_promises() => new Crowd(nodes: 2, atOnce: 12).ConnectAndDisconnectAsync(200, output);

    [Fact]
    public Task Two_nodes_look_after_accounts_with_the_calls_of_one() => new Crowd(nodes: 2, atOnce: 12).LookAfterAsync(30, output);
}
