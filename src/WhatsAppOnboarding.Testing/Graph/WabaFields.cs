using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class WabaFields
{
    public static JsonObject Select(GraphRequest request, EmulatedWaba waba)
    {
        var all = new JsonObject
        {
            ["id"] = waba.Id,
            ["name"] = waba.Name,
            ["currency"] = "USD",
            ["timezone_id"] = "1",
            ["message_template_namespace"] = "emulated_" + waba.Id,
            ["account_review_status"] = "APPROVED",
            ["business_verification_status"] = "verified",
            ["country"] = "US",
            ["ownership_type"] = "CLIENT_OWNED",
            ["status"] = waba.IsDisabled ? "DISABLED" : "ACTIVE",
            ["owner_business_info"] = new JsonObject { ["id"] = waba.Owner.Id, ["name"] = waba.Owner.Name },
            ["on_behalf_of_business_info"] = null,
            ["primary_funding_id"] = null,
            ["purchase_order_number"] = null,
            ["is_enabled_for_insights"] = true,
            ["whatsapp_business_manager_messaging_limit"] = waba.Owner.MessagingLimit,
            ["health_status"] = HealthStatus.Of(request.Core, waba),
        };
        return FieldSelection.Select(all, request.Parameters["fields"], "id,name,timezone_id,message_template_namespace", "WhatsAppBusinessAccount");
    }
}
