using System.Text;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Sound bodies to start from: one of each shape that the library knows.</summary>
internal static class Corpus
{
    public static byte[][] Bodies { get; } =
    [
        Framework.Bodies.Messages(1),
        Framework.Bodies.Messages(5),
        Number("messages", """"contacts":[{"user_id":"US.1"}],"messages":[{"from_user_id":"US.1","id":"wamid.x","timestamp":1749416383,"type":"image","image":{"caption":"é 😀"},"context":{"id":"wamid.y"}}]""""),
        Number("messages", """"statuses":[{"id":"wamid.s","status":"failed","timestamp":"1750263773","errors":[{"code":131050,"title":"t","message":"m","error_data":{"details":"d"}}]}]""""),
        Number("messages", """"errors":[{"code":130429,"title":"Rate limit hit"}]""""),
        Number("smb_message_echoes", """"message_echoes":[{"from":"1","to":"2","id":"wamid.e","timestamp":"1","type":"text","text":{"body":"b"}}]""""),
        Number("history", """"history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[]},{"errors":[{"code":2593109}]}]""""),
        Number("smb_app_state_sync", """"state_sync":[{"type":"contact","contact":{"full_name":"A","phone_number":"1"},"action":"add","metadata":{"timestamp":"1"}}]""""),
        Number("user_preferences", """"user_preferences":[{"wa_id":"1","category":"marketing_messages","value":"stop","timestamp":1}]""""),
        Account("account_update", """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1712099300}]}"""),
        Account("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"April 17, 2025"}}"""),
        Account("account_update", """{"event":"ACCOUNT_OFFBOARDED"}"""),
        Account("account_review_update", """{"decision":"APPROVED"}"""),
        Account("account_alerts", """{"entity_type":"WABA","entity_id":"1","alert_info":{"alert_severity":"CRITICAL","alert_status":"ACTIVE","alert_type":"OBA_REJECTED"}}"""),
        Account("phone_number_name_update", """{"display_phone_number":"15550783881","decision":"APPROVED","requested_verified_name":"Lucky","rejection_reason":null}"""),
        Account("phone_number_quality_update", """{"display_phone_number":"15550783881","event":"ONBOARDING","max_daily_conversations_per_business":"TIER_2K"}"""),
        Account("business_capability_update", """{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_waba":20}"""),
        Account("security", """{"display_phone_number":"15550783881","event":"PIN_CHANGED"}"""),
        Account("something_new", """{"a":[1,2,{"b":null}]}"""),
    ];

    private static byte[] Number(string field, string rest) => Account(
        field, $$"""{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"{{Framework.Bodies.Number}}"},{{rest}}}""");

    private static byte[] Account(string field, string value) => Encoding.UTF8.GetBytes(
        $$"""{"object":"whatsapp_business_account","entry":[{"id":"{{Framework.Bodies.Waba}}","time":1739321024,"changes":[{"field":"{{field}}","value":{{value}}}]}]}""");
}
