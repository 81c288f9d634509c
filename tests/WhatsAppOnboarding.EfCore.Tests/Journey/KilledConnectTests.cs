using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Endurance.Chaos;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>The short run of what <c>kill-connects</c> does at length.</summary>
public sealed class KilledConnectTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task After_a_kill_no_number_is_called_connected_that_is_not_registered_and_each_can_be_finished(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var run = new ConnectKills(database.ConnectionString);

        await run.RunAsync(kills: 3, atOnce: 2);

        (run.Lies, run.Finished).ShouldBe((0, run.Open));
        run.Problems.ShouldBeEmpty();
        run.Open.ShouldBeGreaterThanOrEqualTo(2);
        run.Ends.GetValueOrDefault("incomplete").ShouldBeGreaterThanOrEqualTo(2);
    }
}
