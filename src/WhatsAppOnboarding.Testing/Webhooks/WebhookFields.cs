namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>The fields of object <c>whatsapp_business_account</c>: those that Meta documents, then those that were only seen.</summary>
internal static class WebhookFields
{
    public const string Object = "whatsapp_business_account";

    public static readonly IReadOnlyList<string> All =
    [
        "account_alerts", "account_review_update", "account_update", "automatic_events", "business_capability_update", "history",
        "message_template_components_update", "message_template_quality_update", "message_template_status_update", "messages",
        "partner_solutions", "payment_configuration_update", "phone_number_name_update", "phone_number_quality_update", "security",
        "smb_app_state_sync", "smb_message_echoes", "template_category_update", "user_preferences",
        "account_settings_update", "business_status_update", "business_username_update", "business_username_updates", "calls", "flows",
        "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update", "message_echoes",
        "messaging_handovers", "standby", "template_correct_category_detection", "tracking_events",
    ];
}
