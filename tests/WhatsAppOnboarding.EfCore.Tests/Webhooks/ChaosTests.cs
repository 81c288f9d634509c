using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Endurance.Chaos;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>The short run of what <c>chaos</c> does at length.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, 200, 1)]
    [InlineData(DatabaseKind.PostgreSql, 400, 2)]
    public async Task Handlers_that_fail_and_hosts_that_are_killed_lose_nothing_and_do_nothing_twice(DatabaseKind kind, int deliveries, int kills)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var run = new ChaosRun(database.ConnectionString);

        await run.RunAsync(deliveries, kills);

        (run.Acknowledged, run.Lost, run.Doubled).ShouldBe((deliveries, 0, 0));
        run.Poison.ShouldBeGreaterThan(0);
        run.Parked.ShouldBe(run.Poison);
        run.Tries.ShouldBeGreaterThan(deliveries);
    }
}
