using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class VersionTests : EmulatorTest
{
    [Theory]
    [InlineData("v20.0", 2635)]
    [InlineData("v99.0", 100)]
    [InlineData("25.0", 100)]
    public async Task A_dead_or_unknown_version_is_refused(string version, int code) =>
        (await Graph.GetAsync($"/{version}/me", Meta.World.IssueToken().Value)).ShouldFail(400, code);

    [Fact]
    public async Task A_version_dies_on_its_day()
    {
        var token = Meta.World.IssueToken().Value;
        (await Graph.GetAsync("/v21.0/me", token)).ShouldSucceed();
        Clock.Advance(new DateTimeOffset(2027, 1, 21, 0, 0, 0, TimeSpan.Zero) - Clock.GetUtcNow());
        (await Graph.GetAsync("/v21.0/me", token)).ShouldFail(400, 2635);
        (await Graph.GetAsync("/v25.0/me", token)).ShouldSucceed();
    }
}
