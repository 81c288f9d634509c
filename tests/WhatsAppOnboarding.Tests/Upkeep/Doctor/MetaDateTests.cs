using System.Globalization;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Upkeep;
using static WhatsAppOnboarding.Tests.Framework.GeneratedTable;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Meta's dates stand in one table, are warned of 90 days before, and stop a build 30 days before.</summary>
public sealed class MetaDateTests
{
    private const int DaysToAct = 30;

    /// <summary>By the real clock, and meant to fail: then what the date is about is to be changed, or the date where Meta has moved it.</summary>
    [Fact]
    public void No_date_that_concerns_every_host_or_the_defaults_is_within_30_days()
    {
        var defaults = new WhatsAppOnboardingOptions();
        MetaDates.All.Where(date => date.Concerns(defaults)).Select(date => date.Day.ToString("o", CultureInfo.InvariantCulture)).ShouldBe(["2028-01-01", "2028-07-29"]);
        DueSoon(defaults, DateTimeOffset.UtcNow).ShouldBeEmpty("Meta's date comes; see the table in Upkeep/Doctor/MetaDates.cs");
    }

    [Theory]
    [InlineData("2027-12-01", 0)]
    [InlineData("2027-12-02", 1)]
    [InlineData("2028-06-30", 2)]
    public void That_would_be_noticed_30_days_before(string today, int dates) =>
        DueSoon(new WhatsAppOnboardingOptions(), DateTimeOffset.Parse(today, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).Length.ShouldBe(dates);

    [Theory]
    [InlineData("2026-10-22", false, false)]
    [InlineData("2026-10-23", true, false)]
    [InlineData("2027-01-20", true, false)]
    [InlineData("2027-01-21", true, true)]
    public void The_end_of_a_version_is_near_90_days_before_and_comes_on_its_day(string today, bool isNear, bool isOver)
    {
        var now = DateTimeOffset.Parse(today, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var end = MetaDates.EndOf("v21.0")!;
        (end.IsNear(now), end.IsOver(now)).ShouldBe((isNear, isOver));
    }

    [Theory]
    [InlineData("""{"version":"v2"}""", "2026-10-15")]
    [InlineData("""{ "version" : "v3-public-preview" }""", "2026-10-15")]
    [InlineData("""{"version":"v5"}""", "2027-01-01")]
    [InlineData("""{"version":"v4-public-preview"}""", "")]
    [InlineData("""{"setup":{}}""", "")]
    public void A_signup_is_known_by_the_version_that_its_extras_name(string extras, string days)
    {
        var defaults = new WhatsAppOnboardingOptions();
        var options = new WhatsAppOnboardingOptions { PopupExtras = extras };
        string.Join(", ", MetaDates.All.Where(date => date.Concerns(options) && !date.Concerns(defaults)).Select(date => date.ToString())).ShouldBe(days);
    }

    [Fact]
    public async Task The_emulator_serves_the_same_versions_until_the_same_days()
    {
        var clock = new ShiftedTime();
        await using var meta = await MetaEmulator.StartAsync(new MetaEmulatorOptions { TimeProvider = clock }, TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = meta.Address };
        foreach (var date in MetaDates.All.Where(date => date.GraphVersion is not null))
        {
            var end = new DateTimeOffset(date.Day, TimeOnly.MinValue, TimeSpan.Zero);
            (await IsEndedAsync(date.GraphVersion!, end - TimeSpan.FromHours(1))).ShouldBeFalse(date.ToString());
            (await IsEndedAsync(date.GraphVersion!, end + TimeSpan.FromHours(1))).ShouldBeTrue(date.ToString());
        }

        (await IsEndedAsync(MetaDates.NewestVersion, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero))).ShouldBeFalse();

        async Task<bool> IsEndedAsync(string version, DateTimeOffset at)
        {
            clock.Ahead = at - TimeProvider.System.GetUtcNow();
            var answer = await (await client.GetAsync($"/{version}/{meta.AppId}/subscriptions", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answer.ShouldNotContain("Unknown Graph API version");
            return answer.Contains("2635", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("findings")]
    [InlineData("dates")]
    public void The_tables_of_the_page_for_operators_are_what_the_code_says(string name) => ShouldStandIn("operations.md", name, name == "dates" ? Dates() : Findings());

    private static string[] Findings() =>
    [
        Line("code", "does it break something?", "what is the matter", "about", "what puts it right"),
        Line("---", "---", "---", "---", "---"),
        .. Diagnoses.All.Select(row => Line($"`{row.Code}`", row.Breaks ? "yes" : "no", row.Message, row.About, row.Action)),
    ];

    private static string[] Dates() =>
    [
        Line("day", "what", "concerns", "what to do before"),
        Line("---", "---", "---", "---"),
        .. MetaDates.All.Select(date => Line(date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date.What, date.Whom, date.Cure)),
    ];

    private static MetaDate[] DueSoon(WhatsAppOnboardingOptions options, DateTimeOffset now) => [.. MetaDates.All.Where(date => date.Concerns(options) && date.DaysLeft(now) <= DaysToAct)];
}
