using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>One thing that Meta sends: its field, what it is, its value, and what a handler is told; null is told raw.</summary>
internal sealed record MetaShape(string Field, string What, Type? Content, string Value)
{
    public JsonElement Json => JsonElement.Parse($$$"""
        {"entry":[{"id":"900","changes":[{"field":"{{{Field}}}","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"16315550100","phone_number_id":"106"},{{{Value[(Value.IndexOf('{', StringComparison.Ordinal) + 1)..]}}}}]}]}
        """);
}

/// <summary>The one list of what Meta sends: docs/webhooks.md has a table of it.</summary>
internal static class MetaShapes
{
    private static readonly Type Message = typeof(MessageReceived);
    private static readonly Type Status = typeof(MessageStatusChanged);
    private static readonly Type Account = typeof(AccountUpdated);

    public static IReadOnlyList<MetaShape> All { get; } =
    [
        OfCustomer("a text (the advertisement or product that led to it raw)", """
            "type":"text","text":{"body":"Hi"},"context":{"from":"16315550100","id":"wamid.B","forwarded":true,"frequently_forwarded":true,
            "referred_product":{"catalog_id":"1","product_retailer_id":"sku"}},"referral":{"source_url":"https://fb.me/1","source_type":"ad","source_id":"1","body":"b",
            "headline":"h","media_type":"image","image_url":"u","thumbnail_url":"u","ctwa_clid":"c","welcome_message":{"text":"w"}}
            """),
        new("messages", "a message of somebody who shows no number", Message, """
            {"contacts":[{"profile":{"name":"Nora","username":"@nora"},"wa_id":"","user_id":"US.1"}],
             "messages":[{"from":"","from_user_id":"US.1","id":"wamid.A","timestamp":1749416383,"type":"text","text":{"body":"Hi"}}]}
            """),
        new("messages", "a message and beside it what was said to another responder before (`conversation_context`, raw)", Message, """
            {"conversation_context":{"type":"summary","summary":{"text":"t"}},"contacts":[{"wa_id":"16505550123"}],
             "messages":[{"from":"16505550123","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"Hi"}}]}
            """),
        OfCustomer("a message in a group", """ "group_id":"Y2FwaV9ncm91cDox","type":"text","text":{"body":"Hi all"} """),
        OfCustomer("a picture, a film, a sticker", """ "type":"image","image":{"id":"901","mime_type":"image/jpeg","sha256":"s","caption":"Look"} """),
        OfCustomer("a picture, a film, a sticker", """ "type":"video","video":{"id":"903","mime_type":"video/mp4","sha256":"s","caption":"Look"} """),
        OfCustomer("a picture, a film, a sticker", """ "type":"sticker","sticker":{"id":"907","mime_type":"image/webp","sha256":"s","animated":true} """),
        OfCustomer("a document", """ "type":"document","document":{"id":"902","mime_type":"application/pdf","filename":"offer.pdf","caption":"Our offer"} """),
        OfCustomer("a sound", """ "type":"audio","audio":{"id":"904","mime_type":"audio/ogg; codecs=opus","voice":true} """),
        OfCustomer("a place (raw)", """ "type":"location","location":{"latitude":37.4,"longitude":-122.1,"name":"n","address":"a"} """),
        OfCustomer("contact cards (raw)", """ "type":"contacts","contacts":[{"name":{"formatted_name":"Bob"},"phones":[{"phone":"1"}]}] """),
        OfCustomer("a button of a template", """ "type":"button","button":{"text":"Yes","payload":"yes"} """),
        OfCustomer("a reply button", """ "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"yes","title":"Yes"}} """),
        OfCustomer("a choice of a list", """ "type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"a","title":"A","description":"the first"}} """),
        OfCustomer("the answers of a form", """ "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"rating\":\"5\"}"}} """),
        OfCustomer("a reaction", """ "type":"reaction","reaction":{"message_id":"wamid.B","emoji":"x"} """),
        OfCustomer("an order (raw)", """ "type":"order","order":{"catalog_id":"1","text":"t","product_items":[{"product_retailer_id":"sku","quantity":2}]} """),
        OfCustomer("an edit", """ "type":"edit","edit":{"original_message_id":"wamid.B","message":{"type":"text","text":{"body":"two, not three"}}} """),
        OfCustomer("a message taken back", """ "type":"revoke","revoke":{"original_message_id":"wamid.B"} """),
        OfCustomer("a chat opened for the first time", """ "type":"request_welcome" """),
        OfCustomer("a changed number", """ "type":"system","system":{"type":"user_changed_number","body":"User Ada changed","wa_id":"16505550199","user_id":"US.2","previous_user_id":"US.1"} """),
        OfCustomer("a changed user id", """ "type":"system","system":{"type":"user_changed_user_id","body":"b","user_id":"US.2","previous_user_id":"US.1"} """),
        OfCustomer("a message that Meta cannot pass on", """
            "type":"unsupported","unsupported":{"type":"poll"},"errors":[{"code":131051,"title":"t","message":"m","error_data":{"details":"d"}}]
            """),
        .. Statuses("sent", "delivered", "read", "played", "deleted", "warning"),
        new("messages", "how far a message has come (its price raw)", Status, """
            {"statuses":[{"id":"wamid.S","status":"failed","timestamp":"1750263773","recipient_id":"","recipient_user_id":"US.1",
             "errors":[{"code":131042,"title":"t","message":"m","error_data":{"details":"d"},"href":"h"}]}]}
            """),
        new("messages", "how far a message has come (its price raw)", Status, """
            {"contacts":[{"profile":{"name":"Ada","username":"@ada"},"wa_id":"16505550123","user_id":"US.1"}],"statuses":[{"id":"wamid.S","status":"failed","timestamp":"1750263773",
             "recipient_id":"16505550123","recipient_user_id":"US.1","parent_recipient_user_id":"US.ENT.1","recipient_identity_key_hash":"k","biz_opaque_callback_data":"order 7",
             "conversation":{"id":"c"},"pricing":{"billable":true},"errors":[{"code":131050,"title":"t","message":"m","error_data":{"details":"d"}}]}]}
            """),
        new("messages", "how far a message to a group has come, for each member", Status, """
            {"statuses":[{"id":"wamid.GS","status":"read","timestamp":"1750263773","recipient_id":"GROUP1","recipient_type":"group",
             "recipient_participant_id":"16505550123","recipient_participant_user_id":"US.1"}]}
            """),
        new("messages", "an error that concerns the number and no message", typeof(MessageError), """{"errors":[{"code":130429,"title":"t","message":"m","error_data":{"details":"d"}}]}"""),
        new("smb_message_echoes", "what the business wrote in the app", typeof(MessageEchoed), """
            {"message_echoes":[{"from":"16315550100","to":"16505550123","to_user_id":"US.1","to_parent_user_id":"US.ENT.1","id":"wamid.E","timestamp":"1790000000",
             "type":"document","document":{"id":"905","mime_type":"application/pdf","filename":"f.pdf","caption":"c"},"context":{"id":"wamid.B"},"group_id":"g"}]}
            """),
        new("smb_message_echoes", "a recorded sound", typeof(MessageEchoed), """
            {"message_echoes":[{"to":"1","id":"wamid.E","timestamp":"1","type":"audio","audio":{"id":"906","voice":true}}]}
            """),
        new("smb_message_echoes", "what the business changed or took back in the app", typeof(MessageEchoed), """
            {"message_echoes":[{"to":"16505550123","id":"wamid.E2","timestamp":"1790000000","type":"revoke","revoke":{"original_message_id":"wamid.E"}}]}
            """),
        new("smb_message_echoes", "what the business changed or took back in the app", typeof(MessageEchoed), """
            {"message_echoes":[{"to":"16505550123","id":"wamid.E3","timestamp":"1790000000","type":"edit","edit":{"original_message_id":"wamid.E","message":{"type":"text","text":{"body":"b"}}}}]}
            """),
        new("smb_app_state_sync", "contacts of the app", typeof(AppContactsChanged), """
            {"state_sync":[{"type":"contact","contact":{"full_name":"Ann Lee","first_name":"Ann","phone_number":"1"},"action":"add","metadata":{"timestamp":"1739321024"}},
             {"type":"contact","contact":{"phone_number":"2"},"action":"remove","metadata":{"timestamp":"1739321024"}}]}
            """),
        new("history", "a part of the history (its messages raw)", typeof(HistoryReceived), """
            {"history":[{"metadata":{"phase":1,"chunk_order":2,"progress":55},"threads":[{"id":"1","messages":[{"from":"1","id":"wamid.H","timestamp":"1","type":"text","text":{"body":"b"},"history_context":{"status":"READ"}}]}]}]}
            """),
        new("history", "that it is not shared", typeof(HistoryReceived), """{"history":[{"errors":[{"code":2593109,"title":"t","message":"m","error_data":{"details":"d"}}]}]}"""),
        new("user_preferences", "who wants no marketing", typeof(PreferencesChanged), """
            {"user_preferences":[{"wa_id":"1","user_id":"US.1","parent_user_id":"US.ENT.1","detail":"d","category":"marketing_messages","value":"stop","timestamp":1739321024}]}
            """),
        .. Updates("a partner added, removed, installed or uninstalled", """
            "waba_info":{"waba_id":"900","owner_business_id":"7","partner_app_id":"8","solution_id":"9","solution_partner_business_ids":["6"]}
            """, "PARTNER_ADDED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED"),
        new("account_update", "a partner added, removed, installed or uninstalled", Account, """
            {"event":"PARTNER_REMOVED","phone_number":"16315550100","waba_info":{"waba_id":"900","owner_business_id":"7","partner_app_id":"8"},
             "disconnection_info":{"reason":"ACCOUNT_DISCONNECTED","initiated_by":"USER"}}
            """),
        new("account_update", "a violation", Account, """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT","remediation":"r"}}"""),
        new("account_update", "a restriction", Account, """
            {"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1712099300,"remediation":"r"}]}
            """),
        new("account_update", "a ban", Account, """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"April 17, 2025"}}"""),
        .. Updates("a ban", "", "DISABLED", "SUSPENDED", "REINSTATED"),
        .. Updates("offboarded, reconnected, deleted", "", "ACCOUNT_OFFBOARDED", "account_reconnected", "ACCOUNT_DELETED", "DISCONNECTED", "PHONE_NUMBER_REMOVED"),
        .. Updates("prices, tiers, country, terms, advertising (the event alone, the rest raw)", """
            "country":"IN","waba_info":{"waba_id":"900","owner_business_id":"7","ad_account_linked":"5"},
            "auth_international_rate_eligibility":{"start_time":1748780624,"exception_countries":[{"country_code":"ID","start_time":1751347424}]},
            "volume_tier_info":{"tier_update_time":1743451903,"pricing_category":"UTILITY","tier":"1:2","effective_month":"2025-11","region":"India"}
            """, "AD_ACCOUNT_LINKED", "MM_LITE_TERMS_SIGNED", "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            "VOLUME_BASED_PRICING_TIER_UPDATE"),
        new("account_update", "how Meta certified a client", Account, """
            {"event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE","partner_client_certification_info":{"client_business_id":"7","status":"FAILED","rejection_reasons":["r"]}}
            """),
        new("account_review_update", "the review of the WABA", typeof(AccountReviewed), """{"decision":"APPROVED"}"""),
        new("account_alerts", "an alert", typeof(AccountAlerted), """
            {"entity_type":"PHONE_NUMBER","entity_id":"106","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"PROFILE_PICTURE_LOST","alert_description":"d"}}
            """),
        new("business_capability_update", "what the portfolio may do", typeof(CapabilityChanged), """
            {"max_daily_conversations_per_business":"TIER_2K","max_phone_numbers_per_business":2,"max_phone_numbers_per_waba":20}
            """),
        new("phone_number_name_update", "the decision about a name", typeof(NameReviewed), """
            {"display_phone_number":"1","decision":"REJECTED","requested_verified_name":"n","rejection_reason":"NAME_NOT_CONSISTENT"}
            """),
        new("phone_number_quality_update", "a number's limits", typeof(LimitChanged), """
            {"display_phone_number":"1","event":"ONBOARDING","old_limit":"TIER_50","current_limit":"TIER_250","max_daily_conversations_per_business":"TIER_2K"}
            """),
        new("phone_number_quality_update", "a number's limits", typeof(LimitChanged), """{"display_phone_number":"1","event":"FLAGGED","current_limit":"TIER_NOT_SET"}"""),
        new("security", "a number's PIN", typeof(SecurityChanged), """{"display_phone_number":"1","event":"PIN_RESET_REQUEST"}"""),
        new("security", "a number's PIN", typeof(SecurityChanged), """{"display_phone_number":"1","event":"PIN_CHANGED","requester":"6"}"""),
        new("messaging_handovers", "who may answer a customer now", typeof(ThreadControlChanged), """
            {"type":"control_passed","timestamp":"1750101000","recipient":{"phone_number_id":"106","display_phone_number":"16315550100"},"sender":{"phone_number":"16505550123","user_id":"US.1","parent_user_id":"US.ENT.1"},
             "control_passed":{"previous_owner_role":"ai_agent","new_owner_role":"escalation","previous_owner_app_id":"1","previous_owner_app_role":"ai_agent",
             "new_owner_app_id":"2","metadata":"m","conversation_context":{"type":"summary","summary":{"text":"t"}}}}
            """),
        new("messaging_handovers", "that it was taken away", typeof(ThreadControlChanged), """
            {"type":"control_taken","timestamp":"1750101000","recipient":{"phone_number_id":"106","display_phone_number":"16315550100"},"sender":{"phone_number":"16505550123"},
             "control_taken":{"previous_owner_role":"customer_service","new_owner_role":"escalation","previous_owner_app_id":"1","new_owner_app_id":"2","metadata":"m"}}
            """),
        new("messaging_handovers", "what Meta adds later", typeof(ThreadControlChanged), """
            {"type":"control_lent","timestamp":"1750101000","recipient":{"phone_number_id":"106"},"sender":{},"control_lent":{}}
            """),
        new("standby", "what a customer writes to others: a copy, not to be answered", Message, """
            {"standby":{"contacts":[{"profile":{"name":"Ada"},"wa_id":"1"}],"messages":[{"from":"1","id":"wamid.X","type":"text","text":{"body":"b"}}]}}
            """),
        new("standby", "what others answer", typeof(MessageEchoed), """
            {"standby":{"message_echoes":[{"to":"1","timestamp":"1750101000","id":"wamid.Y","message":{"messaging_product":"whatsapp","to":"1","type":"template","template":{"name":"n"}},
             "template":{"id":"2"}}]}}
            """),
        new("standby", "what others answer", typeof(MessageEchoed), """
            {"standby":{"message_echoes":[{"to":"1","timestamp":"1750101000","message":{"type":"interactive"},"flow":{"id":"3"}}]}}
            """),
        new("standby", "how far their messages have come", Status, """{"standby":{"statuses":[{"id":"wamid.Y","status":"read","timestamp":"1750101000","recipient_id":"1"}]}}"""),
        new("standby", "a summary of their conversation", null, """{"standby":{"conversation_context":{"type":"summary","summary":{"text":"t"}},"messages":[]}}"""),
        new("standby", "nothing", null, """{"standby":{}}"""),
        .. Raw("the business's username", """{"display_phone_number":"16315550100","username":"lucky","status":"reserved"}""", "business_username_update", "business_username_updates"),
        .. Raw("the business's username", """{"display_phone_number":"16315550100","status":"deleted"}""", "business_username_update"),
        .. Raw("a WhatsApp account of Meta's next account model", """{"whatsapp_account_id":"5","messaging_account_id":"900","event":"e"}""", "whatsapp_account"),
        .. Raw("groups", """{"groups":[{"timestamp":"1","group_id":"g","type":"group_create","request_id":"r","added_participants":[{"user_id":"US.1"}]}]}""",
            "group_lifecycle_update", "group_participants_update", "group_settings_update", "group_status_update"),
        .. Raw("calls", """{"calls":[{"id":"wacid.1","from":"1","to":"2","event":"connect","timestamp":"1"}]}""", "calls"),
        .. Raw("forms", """{"event":"FLOW_STATUS_CHANGE","flow_id":"1","old_status":"DRAFT","new_status":"PUBLISHED"}""", "flows"),
        .. Raw("templates", """{"event":"APPROVED","message_template_id":1,"message_template_name":"n","message_template_language":"en"}""",
            "message_template_status_update", "message_template_quality_update", "message_template_components_update", "template_category_update", "template_correct_category_detection"),
        .. Raw("the rest of Meta's fields", """{"event":"e"}""",
            "automatic_events", "partner_solutions", "payment_configuration_update", "account_settings_update", "business_status_update", "message_echoes", "tracking_events"),
    ];

    private static MetaShape OfCustomer(string what, string rest) => new("messages", what, Message, $$"""
        {"contacts":[{"profile":{"name":"Ada Park","username":"@ada"},"wa_id":"16505550123","user_id":"US.1","parent_user_id":"US.ENT.1","identity_key_hash":"k"}],
         "messages":[{"from":"16505550123","from_user_id":"US.1","from_parent_user_id":"US.ENT.1","id":"wamid.A","timestamp":"1749416383",{{rest}}}]}
        """);

    private static IEnumerable<MetaShape> Statuses(params string[] words) => words.Select(word => new MetaShape("messages", "how far a message has come (its price raw)", Status, $$$"""
        {"contacts":[{"wa_id":"16505550123","user_id":"US.1","profile":{"name":"Ada"}}],"statuses":[{"id":"wamid.S","status":"{{{word}}}","timestamp":"1750263773","recipient_id":"16505550123",
         "conversation":{"id":"c","expiration_timestamp":"1750263773","origin":{"type":"service"}},"pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}]}
        """));

    private static IEnumerable<MetaShape> Updates(string what, string rest, params string[] events) => events.Select(word => new MetaShape("account_update", what, Account, $$"""
        {"event":"{{word}}"{{(rest.Length > 0 ? "," + rest : "")}}}
        """));

    private static IEnumerable<MetaShape> Raw(string what, string value, params string[] fields) => fields.Select(field => new MetaShape(field, what, null, value));
}
