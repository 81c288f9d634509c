using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Endurance.Chaos;

namespace WhatsAppOnboarding.EfCore.Tests.Journey;

/// <summary>The short run of what <c>kill-accounts</c> does at length.</summary>
public sealed class KilledHostTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Whenever_the_host_is_killed_nothing_is_left_for_nobody_or_lost_or_untrue_ten_minutes_of_upkeep_later(DatabaseKind kind)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_SEED"), out var given) ? given : Environment.TickCount;
        await using var database = await TestDatabase.CreateAsync(kind);
        var run = new AccountKills(database.ConnectionString, seed);

        await run.RunAsync(kills: 8, atOnce: 4);

        run.Count.Problems.ShouldBeEmpty($"seed {seed}");
        run.Count.Wrong.ShouldBe(0);
        run.Count.Events.ShouldBeGreaterThan(0);
        run.Count.Ends.GetValueOrDefault("interrupted").ShouldBeGreaterThan(0);
    }
}
