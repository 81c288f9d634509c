using System.Globalization;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;

namespace WhatsAppOnboarding.Testing;

/// <summary>What happened to a WABA: changes of the field <c>account_update</c>. They only tell; <see cref="Happenings"/> makes it true.</summary>
public static class MetaAccountUpdates
{
    private static readonly HashSet<string> UnderPartner = ["PARTNER_ADDED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED", "AD_ACCOUNT_LINKED", "MM_LITE_TERMS_SIGNED"];

    /// <summary>Any event. Those about partners come, subscribed or not, under the portfolio of the SaaS and name their WABA in <c>waba_info</c>.</summary>
    /// <param name="waba">The WABA concerned.</param>
    /// <param name="eventName">Meta's event.</param>
    /// <param name="details">Further members of <c>value</c>.</param>
    public static WebhookChange Of(EmulatedWaba waba, string eventName, JsonObject? details = null) =>
        UnderPartner.Contains(eventName) ? Partner(waba, eventName, waba.Owner.World.AppId, details) : OfWaba(waba, eventName, details);

    /// <summary>PARTNER_ADDED: the WABA is shared with the SaaS.</summary>
    public static WebhookChange PartnerAdded(EmulatedWaba waba) => Partner(waba, "PARTNER_ADDED", appId: null);

    /// <summary>PARTNER_REMOVED: it no longer is.</summary>
    public static WebhookChange PartnerRemoved(EmulatedWaba waba) => Of(waba, "PARTNER_REMOVED");

    /// <summary>PARTNER_REMOVED as it comes for a number of the Business app: under the WABA, with number and reason, without <c>waba_info</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="reason">ACCOUNT_DISCONNECTED, BUSINESS_DOWNGRADE, CHANGE_NUMBER, COMPANION_INACTIVITY, PRIMARY_INACTIVITY or USER_RE_REGISTERED.</param>
    /// <param name="initiatedBy">USER or SYSTEM.</param>
    public static WebhookChange PartnerRemoved(EmulatedNumber number, string reason = "ACCOUNT_DISCONNECTED", string initiatedBy = "USER")
    {
        var details = new JsonObject { ["phone_number"] = number.Digits, ["disconnection_info"] = new JsonObject { ["reason"] = reason, ["initiated_by"] = initiatedBy } };
        return OfWaba(number.Waba, "PARTNER_REMOVED", details) with { WabaId = null };
    }

    /// <summary>PARTNER_APP_INSTALLED: the customer granted an app a permission. In Meta's sample its <see cref="WebhookChange.Placement"/> is <see cref="WebhookFieldPlacement.Entry"/>.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="partnerAppId">The app; null for the emulated one.</param>
    public static WebhookChange PartnerAppInstalled(EmulatedWaba waba, string? partnerAppId = null) =>
        Partner(waba, "PARTNER_APP_INSTALLED", partnerAppId ?? waba.Owner.World.AppId);

    /// <summary>PARTNER_APP_UNINSTALLED: the customer removed an app. In Meta's sample its <see cref="WebhookChange.Placement"/> is <see cref="WebhookFieldPlacement.Value"/>.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="partnerAppId">The app; null for the emulated one.</param>
    public static WebhookChange PartnerAppUninstalled(EmulatedWaba waba, string? partnerAppId = null) =>
        Partner(waba, "PARTNER_APP_UNINSTALLED", partnerAppId ?? waba.Owner.World.AppId);

    /// <summary>ACCOUNT_DELETED.</summary>
    public static WebhookChange AccountDeleted(EmulatedWaba waba) => OfWaba(waba, "ACCOUNT_DELETED");

    /// <summary>PHONE_NUMBER_REMOVED with the number: not documented by Meta, but seen.</summary>
    public static WebhookChange NumberRemoved(EmulatedNumber number) => OfWaba(number.Waba, "PHONE_NUMBER_REMOVED").Naming(number);

    /// <summary>DISABLED_UPDATE.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="state">DISABLE, REINSTATE or SCHEDULE_FOR_DISABLE.</param>
    /// <param name="date">The day; null for today.</param>
    public static WebhookChange Disabled(EmulatedWaba waba, string state = "DISABLE", DateTimeOffset? date = null)
    {
        var day = (date ?? waba.Owner.World.Now).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
        return OfWaba(waba, "DISABLED_UPDATE", new JsonObject { ["ban_info"] = new JsonObject { ["waba_ban_state"] = state, ["waba_ban_date"] = day } });
    }

    /// <summary>ACCOUNT_VIOLATION.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="violationType">For example ADULT.</param>
    /// <param name="remediation">What to do about it, or null.</param>
    public static WebhookChange Violation(EmulatedWaba waba, string violationType = "ADULT", string? remediation = null)
    {
        var violation = new JsonObject { ["violation_type"] = violationType };
        if (remediation is not null)
            violation["remediation"] = remediation;
        return OfWaba(waba, "ACCOUNT_VIOLATION", new JsonObject { ["violation_info"] = violation });
    }

    /// <summary>ACCOUNT_VIOLATION that names a number.</summary>
    public static WebhookChange Violation(EmulatedNumber number, string violationType = "ADULT", string? remediation = null) =>
        Violation(number.Waba, violationType, remediation).Naming(number);

    /// <summary>ACCOUNT_RESTRICTION.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="restrictionType">For example RESTRICTED_BIZ_INITIATED_MESSAGING.</param>
    /// <param name="expiration">When it ends, or null.</param>
    /// <param name="remediation">What to do about it, or null.</param>
    public static WebhookChange Restriction(EmulatedWaba waba, string restrictionType, DateTimeOffset? expiration = null, string? remediation = null)
    {
        var restriction = new JsonObject { ["restriction_type"] = restrictionType };
        if (expiration is { } end)
            restriction["expiration"] = end.ToUnixTimeSeconds();
        if (remediation is not null)
            restriction["remediation"] = remediation;
        return OfWaba(waba, "ACCOUNT_RESTRICTION", new JsonObject { ["restriction_info"] = new JsonArray(restriction) });
    }

    /// <summary>ACCOUNT_RESTRICTION that names a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="restrictionType">For example RESTRICTED_BIZ_INITIATED_MESSAGING.</param>
    /// <param name="expiration">When it ends, or null.</param>
    /// <param name="remediation">What to do about it, or null.</param>
    public static WebhookChange Restriction(EmulatedNumber number, string restrictionType, DateTimeOffset? expiration = null, string? remediation = null) =>
        Restriction(number.Waba, restrictionType, expiration, remediation).Naming(number);

    /// <summary>ACCOUNT_OFFBOARDED: the Business app moved to another phone. Nothing but the event, in lower case if wanted.</summary>
    public static WebhookChange Offboarded(EmulatedWaba waba, bool lowerCase = false) => OfWaba(waba, lowerCase ? "account_offboarded" : "ACCOUNT_OFFBOARDED");

    /// <summary>ACCOUNT_RECONNECTED: it is back. Nothing but the event, in lower case if wanted.</summary>
    public static WebhookChange Reconnected(EmulatedWaba waba, bool lowerCase = false) => OfWaba(waba, lowerCase ? "account_reconnected" : "ACCOUNT_RECONNECTED");

    /// <summary>AD_ACCOUNT_LINKED.</summary>
    public static WebhookChange AdAccountLinked(EmulatedWaba waba, string adAccountId)
    {
        var change = Partner(waba, "AD_ACCOUNT_LINKED", appId: null);
        change.Value["waba_info"]!["ad_account_linked"] = adAccountId;
        return change;
    }

    /// <summary>MM_LITE_TERMS_SIGNED.</summary>
    public static WebhookChange MarketingTermsSigned(EmulatedWaba waba) => Partner(waba, "MM_LITE_TERMS_SIGNED", appId: null);

    /// <summary>BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE.</summary>
    public static WebhookChange PrimaryCountry(EmulatedWaba waba, string country) =>
        OfWaba(waba, "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", new JsonObject { ["country"] = country });

    /// <summary>PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="status">APPROVED, DISCARDED, FAILED, PENDING or REVOKED.</param>
    /// <param name="rejectionReasons">Meta's reasons; none for <c>NONE</c>.</param>
    public static WebhookChange ClientCertification(EmulatedWaba waba, string status, params string[] rejectionReasons)
    {
        var reasons = new JsonArray([.. rejectionReasons.DefaultIfEmpty("NONE").Select(reason => JsonValue.Create(reason))]);
        var info = new JsonObject { ["client_business_id"] = waba.Owner.Id, ["status"] = status, ["rejection_reasons"] = reasons };
        return OfWaba(waba, "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", new JsonObject { ["partner_client_certification_info"] = info });
    }

    /// <summary>AUTH_INTL_PRICE_ELIGIBILITY_UPDATE, from a day on, with one country that has a later one.</summary>
    public static WebhookChange AuthenticationPrices(EmulatedWaba waba, DateTimeOffset start, string exceptionCountry, DateTimeOffset exceptionStart)
    {
        var exception = new JsonObject { ["country_code"] = exceptionCountry, ["start_time"] = exceptionStart.ToUnixTimeSeconds() };
        var info = new JsonObject { ["start_time"] = start.ToUnixTimeSeconds(), ["exception_countries"] = new JsonArray(exception) };
        return OfWaba(waba, "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", new JsonObject { ["auth_international_rate_eligibility"] = info });
    }

    /// <summary>VOLUME_BASED_PRICING_TIER_UPDATE.</summary>
    public static WebhookChange VolumeTier(EmulatedWaba waba, string category, string tier, string effectiveMonth, string region)
    {
        var info = new JsonObject
        {
            ["tier_update_time"] = waba.Owner.World.Now.ToUnixTimeSeconds(),
            ["pricing_category"] = category,
            ["tier"] = tier,
            ["effective_month"] = effectiveMonth,
            ["region"] = region,
        };
        return OfWaba(waba, "VOLUME_BASED_PRICING_TIER_UPDATE", new JsonObject { ["volume_tier_info"] = info });
    }

    private static WebhookChange Naming(this WebhookChange change, EmulatedNumber number)
    {
        change.Value["phone_number"] = number.Digits;
        return change;
    }

    private static WebhookChange OfWaba(EmulatedWaba waba, string eventName, JsonObject? details = null) =>
        WebhookChange.Of(waba, "account_update", new JsonObject { ["event"] = eventName }.With(details));

    private static WebhookChange Partner(EmulatedWaba waba, string eventName, string? appId, JsonObject? details = null)
    {
        var info = new JsonObject { ["waba_id"] = waba.Id, ["owner_business_id"] = waba.Owner.Id };
        if (appId is not null)
            info["partner_app_id"] = appId;
        var value = new JsonObject { ["event"] = eventName, ["waba_info"] = info }.With(details);
        return new WebhookChange(waba.Owner.World.PartnerBusinessId, "account_update", value) { Time = waba.Owner.World.Now };
    }
}
