using WhatsAppOnboarding.Endurance.Fuzz;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>The short run of what <c>fuzz</c> does at length.</summary>
public sealed class FuzzTests
{
    private const int Bodies = 6_000;
    private const int HostileRequests = 210;

    [Fact]
    public async Task Spoilt_bodies_and_hostile_requests_end_in_a_refusal_and_never_in_an_error()
    {
        var run = new FuzzRun(seed: 4711);

        await run.RunAsync(Bodies, HostileRequests);

        run.Unexpected.ShouldBeEmpty();
        run.Answers.Values.Sum().ShouldBe(Bodies + HostileRequests);
        run.Answers[200].ShouldBeGreaterThan(Bodies / 10, "too few of the bodies got past the parser to tell anything");
        run.Answers.Keys.ShouldBeSubsetOf([0, 200, 400, 401, 403, 405, 408, 413, 431]);
    }
}
