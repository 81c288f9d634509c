using WebHost.Pages;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>What the sample's dashboard makes of Meta's words.</summary>
public sealed class DashboardTextTests
{
    private const long End = 1_743_724_800;

    private static readonly EnglishWords Words = new();

    [Fact]
    public async Task A_restriction_is_told_with_its_real_end_however_much_is_said_before_it()
    {
        await using var news = await TheNews.StartAsync();

        var (text, limits) = await RestrictedAsync(
            news, $$"""{"restriction_type":"ONE","expiration":{{End - 86_400}},"remediation":"{{new string('x', 190)}}"},{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION","expiration":{{End}}}""");

        text.ShouldStartWith("Meta restricts the WhatsApp account until 4 Apr 2025, 00:00 UTC. ");
        text.ShouldContain(" You cannot add numbers. ");
        limits.ShouldBe(("Restricted", "warn"));
    }

    [Fact]
    public async Task A_remediation_that_speaks_of_a_time_is_no_end()
    {
        await using var news = await TheNews.StartAsync();

        var (text, limits) = await RestrictedAsync(news, """{"restriction_type":"ONE","remediation":"until further notice"}""");

        text.ShouldBe("Meta restricts the WhatsApp account. You cannot do something that was allowed before. Open WhatsApp Manager to see why and what to do. Meta says: “until further notice”");
        limits.ShouldBe(("Restricted", "warn"));
    }

    [Fact]
    public async Task A_restriction_is_over_when_its_last_part_has_ended()
    {
        await using var news = await TheNews.StartAsync();
        await RestrictedAsync(news, $$"""{"restriction_type":"ONE","expiration":{{End}}},{"restriction_type":"TWO","expiration":{{End + 60}}}""");
        var number = await NumberAsync(news);

        NumberText.Limits(number, DateTimeOffset.FromUnixTimeSeconds(End + 59), Words).ShouldNotBeNull();
        NumberText.Limits(number, DateTimeOffset.FromUnixTimeSeconds(End + 60), Words).ShouldBeNull();
    }

    [Fact]
    public async Task What_to_do_about_a_violation_is_in_sight()
    {
        await using var news = await TheNews.StartAsync();
        await news.TellAsync("account_update", """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT","remediation":"Remove it"}}""");

        (await NoteAsync(news)).ShouldEndWith(" Meta says: “Remove it”");
    }

    private static async Task<(string Text, (string Text, string Tone)? Limits)> RestrictedAsync(TheNews news, string restrictions)
    {
        await news.TellAsync("account_update", $$"""{"event":"ACCOUNT_RESTRICTION","restriction_info":[{{restrictions}}]}""");
        return (await NoteAsync(news), NumberText.Limits(await NumberAsync(news), DateTimeOffset.FromUnixTimeSeconds(End - 1), Words));
    }

    private static async Task<string> NoteAsync(TheNews news)
    {
        var number = await NumberAsync(news);
        return NoticeText.Of(number, number.Notices.ShouldHaveSingleItem(), DateTimeOffset.FromUnixTimeSeconds(End - 1), Words).ShouldNotBeNull().Text;
    }

    private static async Task<PhoneNumberView> NumberAsync(TheNews news) => (await news.Host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(
        accounts => accounts.GetStatusAsync(AccountId.Parse("acme")))).PhoneNumbers.ShouldHaveSingleItem();
}
