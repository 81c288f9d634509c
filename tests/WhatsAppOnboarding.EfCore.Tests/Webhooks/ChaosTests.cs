using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Endurance.Chaos;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>The short run of what <c>chaos</c> does at length.</summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.PostgreSql, 2)]
    public async Task Handlers_that_fail_and_hang_and_nodes_that_are_killed_lose_nothing_do_nothing_twice_and_change_no_order(DatabaseKind kind, int kills)
    {
        const int deliveries = 160;
        await using var database = await TestDatabase.CreateAsync(kind);
        var run = new ChaosRun(database.ConnectionString) { ParkAfterFailures = 3, DeliverySeconds = 1 };

        var count = await run.RunAsync(deliveries, kills);

        (run.Acknowledged, count.Left, count.Lost, count.Doubled, count.Order.Broken).ShouldBe((deliveries, 0, 0, 0, 0));
        count.Hopeless.ShouldBeGreaterThan(0);
        (count.NotParked, count.WronglyParked).ShouldBe((0, 0));
    }
}
