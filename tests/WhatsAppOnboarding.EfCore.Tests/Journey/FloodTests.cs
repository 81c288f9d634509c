using System.Diagnostics;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>One tenant in a flood of its own, and another who looks at its numbers. It measures times, and so is there only in a build with <c>-p:LongTests=true</c>.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const string Status = "/api/integrations/whatsapp/status";

    [Fact]
    public async Task Two_thousand_posts_of_one_state_leave_another_tenants_status_under_three_times_its_quiet_time()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql);
        await nodes.AddAccountsAsync("acme", "birch");
        nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var flood = nodes[0].OpenApi("acme");
        using var other = nodes[0].OpenApi("birch");
        var (itsCode, itsState) = await other.GrantAsync(nodes[0]);
        (await ApiConnect.CodeOf(await other.FinishAsync(itsCode, itsState))).ShouldBe("connected");
        await TimesAsync(other, 50);
        var quiet = await TimesAsync(other, 100);

        var (code, state) = await flood.GrantAsync(nodes[0]);
        var exchange = nodes.Meta.Faults.Hold(GraphOperations.ExchangeCode);
        Task<HttpResponseMessage>[] posts = [.. Enumerable.Range(0, 2_000).Select(_ => flood.FinishAsync(code, state))];
        await exchange.Reached;
        var during = await TimesAsync(other, 100);
        exchange.Release();
        var answers = await Task.WhenAll(posts);

        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().ShouldHaveSingleItem();
        nodes.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(2);
        var said = $"quiet {Said(quiet)}; during {Said(during)}; ratio {At(during, 0.5) / At(quiet, 0.5):N2}";
        output.WriteLine(said);
        At(during, 0.5).ShouldBeLessThan(3 * At(quiet, 0.5), said);
    }

    /// <summary>How long looks at the status take, one after the other, in milliseconds, the shortest first.</summary>
    private static async Task<double[]> TimesAsync(HttpClient client, int looks)
    {
        var times = new double[looks];
        for (var look = 0; look < looks; look++)
        {
            var started = Stopwatch.GetTimestamp();
            (await client.GetAsync(Status, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            times[look] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static double At(double[] times, double share) => times[(int)(times.Length * share)];

    private static string Said(double[] times) => $"{At(times, 0.5):N1} ms (95 of 100: {At(times, 0.95):N1}, longest {times[^1]:N1})";
}
