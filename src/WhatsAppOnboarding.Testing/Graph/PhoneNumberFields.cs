using System.Globalization;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class PhoneNumberFields
{
    private const string Defaults = "id,display_phone_number,verified_name,code_verification_status,quality_rating,platform_type,throughput,last_onboarded_time,webhook_configuration";

    public static JsonObject Select(GraphRequest request, EmulatedNumber number)
    {
        var webhooks = new JsonObject();
        if (request.Core.Webhooks.Callback is { } callback)
            webhooks["application"] = callback.AbsoluteUri;
        if (number.Waba.OverrideCallback is { } overriding)
            webhooks["whatsapp_business_account"] = overriding.OriginalString;
        var all = new JsonObject
        {
            ["id"] = number.Id,
            ["display_phone_number"] = number.DisplayPhoneNumber,
            ["verified_name"] = number.VerifiedName,
            ["status"] = number.Status,
            ["quality_rating"] = number.QualityRating,
            ["quality_score"] = new JsonObject { ["score"] = number.QualityRating },
            ["code_verification_status"] = number.CodeVerificationStatus,
            ["platform_type"] = number.PlatformType,
            ["name_status"] = number.NameStatus,
            ["new_display_name"] = number.NewDisplayName,
            ["new_name_status"] = number.NewNameStatus,
            ["account_mode"] = number.AccountMode,
            ["is_on_biz_app"] = number.IsOnBizApp,
            ["is_pin_enabled"] = number.TwoStepPin is not null,
            ["is_official_business_account"] = false,
            ["is_preverified_number"] = false,
            ["throughput"] = new JsonObject { ["level"] = number.PlatformType == "CLOUD_API" ? number.ThroughputLevel : "NOT_APPLICABLE" },
            ["last_onboarded_time"] = number.OnboardedAt?.ToString("yyyy-MM-ddTHH:mm:ss'+0000'", CultureInfo.InvariantCulture),
            ["webhook_configuration"] = webhooks,
            ["whatsapp_business_manager_messaging_limit"] = number.Waba.Owner.MessagingLimit,
            // The deprecated field knows no TIER_2K.
            ["messaging_limit_tier"] = number.Waba.Owner.MessagingLimit == "TIER_2K" ? "TIER_1K" : number.Waba.Owner.MessagingLimit,
            ["health_status"] = HealthStatus.Of(request.Core, number),
            ["certificate"] = null,
            ["new_certificate"] = null,
            ["username"] = null,
        };
        return FieldSelection.Select(all, request.Parameters["fields"], Defaults, "WhatsAppBusinessPhoneNumber");
    }
}
