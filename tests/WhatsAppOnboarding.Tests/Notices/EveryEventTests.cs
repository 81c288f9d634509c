using System.Globalization;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Notices;

/// <summary>Each shape that Meta documents, and those seen beside: what becomes of it.</summary>
public sealed class EveryEventTests
{
    private const string Phone = "16315550100";

    [Theory]
    [InlineData("""{"event":"PARTNER_ADDED","waba_info":{"waba_id":"$WABA","owner_business_id":"2"}}""", "other PARTNER_ADDED")]
    [InlineData("""{"event":"PARTNER_APP_INSTALLED","waba_info":{"waba_id":"$WABA","partner_app_id":"$APP"}}""", "other PARTNER_APP_INSTALLED")]
    [InlineData("""{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"April 17, 2025"}}""", "ban DISABLED_UPDATE DISABLE|April 17, 2025")]
    [InlineData("""{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"May 1"}}""", "ban DISABLED_UPDATE SCHEDULE_FOR_DISABLE|May 1")]
    [InlineData("""{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}""", "ban DISABLED_UPDATE REINSTATE|")]
    [InlineData("""{"event":"DISABLED"}""", "ban DISABLED DISABLE|")]
    [InlineData("""{"event":"SUSPENDED"}""", "ban SUSPENDED DISABLE|")]
    [InlineData("""{"event":"REINSTATED"}""", "ban REINSTATED REINSTATE|")]
    [InlineData("""{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}""", "violation ACCOUNT_VIOLATION ADULT|")]
    [InlineData("""{"event":"ACCOUNT_VIOLATION","phone_number":"16315550100","violation_info":{"violation_type":"ADULT"}}""", "violation ACCOUNT_VIOLATION ADULT|")]
    [InlineData(
        """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1712099300},{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION","remediation":"Ask us"}]}""",
        "restriction ACCOUNT_RESTRICTION |RESTRICTED_BIZ_INITIATED_MESSAGING until 2024-04-02T23:08:20Z; RESTRICTED_ADD_PHONE_NUMBER_ACTION do Ask us")]
    [InlineData("""{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT","remediation":"Remove it"}}""", "violation ACCOUNT_VIOLATION ADULT|do Remove it")]
    [InlineData("""{"event":"account_violation"}""", "violation ACCOUNT_VIOLATION |")]
    [InlineData("""{"event":"ACCOUNT_RECONNECTED"}""", "pause ACCOUNT_RECONNECTED |")]
    [InlineData("""{"event":"AD_ACCOUNT_LINKED","waba_info":{"waba_id":"$WABA","ad_account_linked":"7"}}""", "other AD_ACCOUNT_LINKED |")]
    [InlineData("""{"event":"MM_LITE_TERMS_SIGNED","waba_info":{"waba_id":"$WABA"}}""", "other MM_LITE_TERMS_SIGNED |")]
    [InlineData("""{"event":"AUTH_INTL_PRICE_ELIGIBILITY_UPDATE","auth_international_rate_eligibility":{"start_time":1748780624}}""", "other AUTH_INTL_PRICE_ELIGIBILITY_UPDATE |")]
    [InlineData("""{"event":"BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE","country":"IN"}""", "other BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE |")]
    [InlineData("""{"event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE","partner_client_certification_info":{"status":"APPROVED"}}""", "other PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE APPROVED|")]
    [InlineData("""{"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"tier":"1:2"}}""", "other VOLUME_BASED_PRICING_TIER_UPDATE |")]
    [InlineData("""{"event":"A_WORD_OF_TOMORROW"}""", "other A_WORD_OF_TOMORROW |")]
    [InlineData("""{"event":{}}""", "")]
    [InlineData("""{"nothing":1}""", "")]
    public Task An_account_update_is_noted_and_sending_goes_on(string value, string noted) => NotedAsync("account_update", value, noted);

    [Theory]
    [InlineData("account_review_update", """{"decision":"REJECTED"}""", "review REJECTED |")]
    [InlineData("account_review_update", """{"decision":"approved"}""", "review APPROVED |")]
    [InlineData(
        "account_alerts",
        """{"entity_type":"BUSINESS","entity_id":"1","alert_info":{"alert_severity":"WARNING","alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"No"}}""",
        "alert OBA_REJECTED WARNING|ACTIVE; No")]
    [InlineData("account_alerts", """{"entity_type":"PHONE_NUMBER","entity_id":"$NUMBER","alert_info":{"alert_type":"PROFILE_PICTURE_LOST"}}""", "alert PROFILE_PICTURE_LOST |")]
    [InlineData("account_alerts", """{"entity_type":"PHONE_NUMBER","entity_id":"99","alert_info":{"alert_type":"PROFILE_PICTURE_LOST"}}""", "")]
    [InlineData("phone_number_quality_update", """{"display_phone_number":"16315550100","event":"FLAGGED","current_limit":"TIER_1K"}""", "limit FLAGGED |TIER_1K")]
    [InlineData(
        "phone_number_quality_update", """{"display_phone_number":"16315550100","event":"THROUGHPUT_UPGRADE","max_daily_conversations_per_business":"TIER_2K"}""", "limit THROUGHPUT_UPGRADE |TIER_2K")]
    [InlineData("phone_number_quality_update", """{"display_phone_number":"16315550199","event":"FLAGGED"}""", "")]
    [InlineData("phone_number_name_update", """{"display_phone_number":"16315550100","decision":"PENDING","requested_verified_name":"Two","rejection_reason":null}""", "name PENDING |Two")]
    [InlineData("phone_number_name_update", """{"display_phone_number":"16315550199","decision":"APPROVED","requested_verified_name":"Two"}""", "")]
    [InlineData("phone_number_name_update", """{"decision":"APPROVED","requested_verified_name":"Two"}""", "")]
    [InlineData(
        "phone_number_name_update", """{"display_phone_number":16315550100,"decision":"REJECTED","requested_verified_name":"Two","rejection_reason":"NAME_NOT_CONSISTENT"}""", "name REJECTED NAME_NOT_CONSISTENT|Two")]
    [InlineData(
        "business_capability_update", """{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_business":10}""",
        "capability BUSINESS_CAPABILITY_UPDATE |2000; business 10")]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":"TIER_2K"}""", "capability BUSINESS_CAPABILITY_UPDATE |TIER_2K")]
    [InlineData("business_capability_update", """{"max_phone_numbers_per_waba":25}""", "capability BUSINESS_CAPABILITY_UPDATE |waba 25")]
    [InlineData("security", """{"display_phone_number":"+1 (631) 555-0100","event":"PIN_CHANGED","requester":"61"}""", "pin PIN_CHANGED |")]
    [InlineData("security", """{"display_phone_number":"16315550199","event":"PIN_CHANGED"}""", "")]
    [InlineData("security", """{"display_phone_number":"001 631 555 0100","event":"PIN_CHANGED","requester":"61"}""", "pin PIN_CHANGED |")]
    [InlineData("user_preferences", """{"user_preferences":[]}""", "")]
    public Task Other_news_is_noted_and_sending_goes_on(string field, string value, string noted) => NotedAsync(field, value, noted);

    [Fact]
    public async Task An_approved_name_is_the_name_from_now_on()
    {
        await using var news = await TheNews.StartAsync();

        await news.TellAsync("phone_number_name_update", $$"""{"display_phone_number":"{{Phone}}","decision":"APPROVED","requested_verified_name":"Two"}""");

        (await news.ReadAsync()).VerifiedName.ShouldBe("Two");
    }

    [Fact]
    public async Task What_names_a_number_is_noted_on_that_number_and_what_names_none_on_all()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));

        await news.TellAsync("phone_number_quality_update", $$"""{"display_phone_number":"{{Phone}}","event":"FLAGGED"}""");
        await news.TellAsync("account_review_update", """{"decision":"APPROVED"}""");

        var numbers = (await news.Host.ReadAsync("acme")).Numbers;
        numbers.Count.ShouldBe(2);
        numbers.ShouldAllBe(number => number.Notice(MetaNotice.ReviewKind) != null);
        numbers.Where(number => number.Notice(MetaNotice.LimitKind) is not null).ShouldHaveSingleItem().PhoneNumberId.ToString().ShouldBe(news.Number.Id);
    }

    [Fact]
    public async Task The_status_tells_what_meta_said_when_and_what_it_means()
    {
        await using var news = await TheNews.StartAsync();
        await news.TellAsync("account_review_update", """{"decision":"APPROVED"}""", -10);
        await news.TellAsync("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE","waba_ban_date":"April 17, 2025"}}""");

        var notices = (await news.StatusAsync()).GetProperty("notices").EnumerateArray().ToArray();

        notices.Select(notice => notice.GetProperty("kind").GetString()).ShouldBe(["ban", "review"]);
        notices[0].GetProperty("event").GetString().ShouldBe("DISABLED_UPDATE");
        notices[0].GetProperty("reason").GetString().ShouldBe("REINSTATE");
        notices[0].GetProperty("banDate").GetString().ShouldBe("April 17, 2025");
        notices[0].GetProperty("at").GetDateTimeOffset().ShouldBe(news.Clock.GetUtcNow());
        notices[0].GetProperty("message").GetString().ShouldBe("Meta has enabled the WhatsApp account again.");
    }

    [Fact]
    public async Task The_status_gives_each_restriction_its_end_and_what_to_do_however_long_that_is_and_whatever_it_says()
    {
        await using var news = await TheNews.StartAsync();
        var remediation = "Wait; until we have looked at it: " + new string('x', 300);

        await news.TellAsync(
            "account_update",
            $$"""{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"ONE","expiration":1712099300,"remediation":"{{remediation}}"},{"restriction_type":"TWO","expiration":1712185700}]}""");

        var notice = (await news.StatusAsync()).GetProperty("notices")[0];
        notice.GetProperty("endsAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1712185700));
        notice.GetProperty("restrictions").EnumerateArray()
            .Select(one => (one.GetProperty("type").GetString(), one.GetProperty("endsAt").GetDateTimeOffset().ToUnixTimeSeconds(), one.GetProperty("remediation").GetString()))
            .ShouldBe([("ONE", 1712099300, remediation), ("TWO", 1712185700, null)]);
    }

    [Fact]
    public async Task The_status_says_what_to_do_about_a_violation()
    {
        await using var news = await TheNews.StartAsync();

        await news.TellAsync("account_update", """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT","remediation":"Remove it"}}""");

        (await news.StatusAsync()).GetProperty("notices")[0].GetProperty("remediation").GetString().ShouldBe("Remove it");
    }

    [Fact]
    public async Task Long_and_hostile_texts_are_cut()
    {
        await using var news = await TheNews.StartAsync();

        await news.TellAsync("account_update", $$"""{"event":"{{new string('E', 500)}}","disconnection_info":{"reason":"{{new string('r', 199)}}\ud83d\ude00x","initiated_by":"{{new string('i', 500)}}\u0000"} }""");

        var notice = (await news.ReadAsync()).Notices.ShouldHaveSingleItem();
        (notice.Event.Length, notice.Reason!.Length, notice.Initiator!.Length).ShouldBe((64, 199, 64));
    }

    /// <summary>What a notice says beside its reason.</summary>
    private static string RestOf(MetaNotice notice)
    {
        var restrictions = notice.Restrictions.Select(
            one => $"{one.Type}{one.EndsAt?.ToString("' until 'yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}{(one.Remediation is null ? "" : $" do {one.Remediation}")}");
        string?[] rest =
        [
            notice.BanDate, notice.AlertStatus, notice.Description, notice.Limit, notice.Name, notice.Remediation is { } todo ? $"do {todo}" : null,
            notice.MaxNumbersPerBusiness is { } business ? $"business {business}" : null, notice.MaxNumbersPerWaba is { } waba ? $"waba {waba}" : null,
        ];
        return string.Join("; ", [.. restrictions, .. rest.OfType<string>()]);
    }

    private static async Task NotedAsync(string field, string value, string noted)
    {
        await using var news = await TheNews.StartAsync();
        var json = value.Replace("$WABA", news.Waba.Id, StringComparison.Ordinal)
            .Replace("$APP", news.Host.Meta.AppId, StringComparison.Ordinal)
            .Replace("$NUMBER", news.Number.Id, StringComparison.Ordinal);

        (await news.TellAsync(field, json, entry: json.Contains("waba_id", StringComparison.Ordinal) ? "998" : null)).ShouldBe(200);

        var number = await news.ReadAsync();
        string.Join(' ', number.Notices.Select(notice => $"{notice.Kind} {notice.Event} {notice.Reason}|{RestOf(notice)}"))
            .ShouldBe(noted.Length > 0 && !noted.Contains('|', StringComparison.Ordinal) ? $"{noted} |" : noted);
        number.Notices.ShouldAllBe(notice => notice.At == news.Clock.GetUtcNow() && !notice.StopsSending);
        (number.State, await news.SendingAsync()).ShouldBe((NumberState.Active, null));
        news.Told().Except(["needs_attention"]).ShouldBe(noted.Length > 0 ? ["noticed"] : []);
    }
}
