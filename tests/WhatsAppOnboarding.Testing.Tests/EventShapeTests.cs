using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class EventShapeTests : EmulatorTest
{
    private static readonly EmulatedCustomer Ada = new("Ada Lovelace", "+1 650-555-0123");
    private static readonly EmulatedCustomer Nameless = new("Ada") { Username = "ada" };

    [Fact]
    public void Every_kind_of_message_holds_its_content_under_its_type()
    {
        WebhookChange[] messages =
        [
            MetaMessages.Text(Number, Ada, "Hi"),
            .. new[] { "image", "audio", "video", "document", "sticker" }.Select(type => MetaMessages.Media(Number, Ada, type, "See")),
            MetaMessages.Location(Number, Ada, 37.4, -122.1, "Here", "1 Road"),
            MetaMessages.Reaction(Number, Ada, "wamid.1", "👍"),
            MetaMessages.Button(Number, Ada, "wamid.1", "Yes", "yes"),
            MetaMessages.ButtonReply(Number, Ada, "wamid.1", "yes", "Yes"),
            MetaMessages.ListReply(Number, Ada, "wamid.1", "a", "A", "The first"),
            MetaMessages.Contacts(Number, Ada, "Bob", "+1 650-555-0124"),
            MetaMessages.Order(Number, Ada, "1", "sku", 2, 9.5),
            MetaMessages.NumberChanged(Number, Ada, "+1 650-555-0125"),
            MetaMessages.Edit(Number, Ada, "wamid.1", "two, not three"),
            MetaMessages.Revoke(Number, Ada, "wamid.1"),
            MetaMessages.UserIdChanged(Number, Ada, "US.1"),
            MetaMessages.Unsupported(Number, Ada),
        ];
        foreach (var change in messages)
        {
            (change.EntryId, change.Field, change.Time).ShouldBe((Waba.Id, "messages", null));
            var message = Item(change, "messages");
            message[(string)message["type"]!].ShouldNotBeNull();
            ((string?)message["from"]).ShouldBe("16505550123");
            message["timestamp"]!.GetValueKind().ShouldBe(JsonValueKind.String);
            ((string?)change.Value["metadata"]!["phone_number_id"]).ShouldBe(Number.Id);
            change.MessageId.ShouldBe((string?)message["id"]);
        }

        ((int)Item(messages[^1], "messages")["errors"]![0]!["code"]!).ShouldBe(131051);
        ((string?)Item(messages[8], "messages")["context"]!["id"]).ShouldBe("wamid.1");
        ((string?)Item(messages[9], "messages")["interactive"]!["button_reply"]!["id"]).ShouldBe("yes");
        Should.Throw<ArgumentException>(() => MetaMessages.Media(Number, Ada, "text"));
        Item(MetaMessages.Reaction(Number, Ada, "wamid.1", emoji: null), "messages")["reaction"]!["emoji"].ShouldBeNull();
    }

    [Fact]
    public void Edits_and_deletions_name_the_message_that_they_change()
    {
        Same(Item(MetaMessages.Edit(Number, Ada, "wamid.1", "two"), "messages")["edit"], """{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"two"}}}""");
        Same(Item(MetaMessages.Revoke(Number, Ada, "wamid.1"), "messages")["revoke"], """{"original_message_id":"wamid.1"}""");
        var echo = Item(MetaBusinessAppEvents.EchoRevoke(Number, Ada, "wamid.1"), "message_echoes");
        ((string?)echo["type"], (string?)echo["to"], (string?)echo["revoke"]!["original_message_id"]).ShouldBe(("revoke", "16505550123", "wamid.1"));
    }

    [Fact]
    public void What_nobody_wrote_has_no_text()
    {
        var opened = Item(MetaMessages.Welcome(Number, Ada), "messages");
        ((string?)opened["type"], opened["text"], opened["request_welcome"]).ShouldBe(("request_welcome", null, null));
        Same(Item(MetaMessages.UserIdChanged(Number, Ada, "US.1"), "messages")["system"]!["previous_user_id"], "\"US.1\"");
    }

    [Fact]
    public void A_person_with_a_username_has_no_number_in_messages_and_statuses()
    {
        var message = MetaMessages.Text(Number, Nameless, "Hi");
        Item(message, "messages")["from"].ShouldBeNull();
        Item(message, "contacts")["wa_id"].ShouldBeNull();
        ((string?)Item(message, "contacts")["profile"]!["username"]).ShouldBe("ada");
        ((string?)Item(message, "messages")["from_user_id"]).ShouldBe(Nameless.UserId);
        var status = Item(MetaStatuses.Read(Number, "wamid.1", Nameless), "statuses");
        status["recipient_id"].ShouldBeNull();
        ((string?)status["recipient_user_id"]).ShouldBe(Nameless.UserId);
    }

    [Fact]
    public void An_empty_number_is_an_empty_text_wherever_a_number_stands()
    {
        var nora = Nameless with { Number = "" };
        var message = MetaMessages.Text(Number, nora, "Hi");
        ((string?)Item(message, "messages")["from"], (string?)Item(message, "contacts")["wa_id"]).ShouldBe(("", ""));
        ((string?)Item(MetaStatuses.Read(Number, "wamid.1", nora), "statuses")["recipient_id"]).ShouldBe("");
        var echo = Item(MetaBusinessAppEvents.Echo(Number, nora, "Hi"), "message_echoes");
        ((string?)echo["to"], (string?)echo["to_user_id"]).ShouldBe(("", nora.UserId));
    }

    [Fact]
    public void Statuses_name_their_message_and_a_failed_one_its_errors_but_no_contacts()
    {
        string[] names = [.. new[] { MetaStatuses.Sent(Number, "wamid.1", Ada), MetaStatuses.Delivered(Number, "wamid.1", Ada), MetaStatuses.Read(Number, "wamid.1", Ada), MetaStatuses.Played(Number, "wamid.1", Ada) }
            .Select(change => (string)Item(change, "statuses")["status"]!)];
        names.ShouldBe(["sent", "delivered", "read", "played"]);
        var failed = MetaStatuses.Failed(Number, "wamid.1", Ada, 131050, "Opted out");
        failed.Value["contacts"].ShouldBeNull();
        ((int)Item(failed, "statuses")["errors"]![0]!["code"]!).ShouldBe(131050);
        failed.MessageId.ShouldBe("wamid.1");
        ((int)Item(MetaMessages.SystemError(Number), "errors")["code"]!).ShouldBe(130429);
    }

    [Fact]
    public void Partner_events_come_under_the_portfolio_of_the_saas_and_name_the_waba()
    {
        WebhookChange[] changes =
        [
            MetaAccountUpdates.PartnerAdded(Waba), MetaAccountUpdates.PartnerRemoved(Waba), MetaAccountUpdates.PartnerAppInstalled(Waba),
            MetaAccountUpdates.PartnerAppUninstalled(Waba, "77"), MetaAccountUpdates.AdAccountLinked(Waba, "5"), MetaAccountUpdates.MarketingTermsSigned(Waba),
        ];
        foreach (var change in changes)
        {
            (change.EntryId, change.WabaId, change.Time).ShouldBe((Meta.World.PartnerBusinessId, null, Clock.GetUtcNow()));
            ((string?)change.Value["waba_info"]!["waba_id"]).ShouldBe(Waba.Id);
            ((string?)change.Value["waba_info"]!["owner_business_id"]).ShouldBe(Business.Id);
        }

        ((string?)changes[2].Value["waba_info"]!["partner_app_id"]).ShouldBe(Meta.AppId);
        ((string?)changes[3].Value["waba_info"]!["partner_app_id"]).ShouldBe("77");
    }

    [Fact]
    public void A_removed_coexistence_number_comes_under_its_waba_with_the_reason()
    {
        var change = MetaAccountUpdates.PartnerRemoved(Number, "PRIMARY_INACTIVITY", "SYSTEM");
        (change.EntryId, change.WabaId).ShouldBe((Waba.Id, null));
        change.Value["waba_info"].ShouldBeNull();
        ((string?)change.Value["phone_number"]).ShouldBe("16315550100");
        Same(change.Value["disconnection_info"], """{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}""");
    }

    [Fact]
    public void Account_updates_of_a_waba_have_metas_members()
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(1744848000);
        Same(MetaAccountUpdates.Disabled(Waba, "SCHEDULE_FOR_DISABLE", day).Value, """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE","waba_ban_date":"April 17, 2025"}}""");
        Same(MetaAccountUpdates.Violation(Waba).Value, """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}""");
        Same(MetaAccountUpdates.Restriction(Waba, "RESTRICTED_BIZ_INITIATED_MESSAGING", day).Value, """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1744848000}]}""");
        Same(MetaAccountUpdates.Violation(Waba, remediation: "Remove it").Value["violation_info"], """{"violation_type":"ADULT","remediation":"Remove it"}""");
        Same(MetaAccountUpdates.Violation(Number, "ALCOHOL").Value, """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ALCOHOL"},"phone_number":"16315550100"}""");
        Same(MetaAccountUpdates.Restriction(Number, "RESTRICTED_BIZ_INITIATED_MESSAGING").Value, """{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING"}],"phone_number":"16315550100"}""");
        Same(MetaAccountUpdates.Offboarded(Waba, lowerCase: true).Value, """{"event":"account_offboarded"}""");
        Same(MetaAccountUpdates.Reconnected(Waba).Value, """{"event":"ACCOUNT_RECONNECTED"}""");
        Same(MetaAccountUpdates.AccountDeleted(Waba).Value, """{"event":"ACCOUNT_DELETED"}""");
        Same(MetaAccountUpdates.PrimaryCountry(Waba, "IN").Value, """{"event":"BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE","country":"IN"}""");
        Same(MetaAccountUpdates.ClientCertification(Waba, "APPROVED").Value["partner_client_certification_info"]!["rejection_reasons"], """["NONE"]""");
        Same(MetaAccountUpdates.AuthenticationPrices(Waba, day, "ID", day).Value["auth_international_rate_eligibility"], """{"start_time":1744848000,"exception_countries":[{"country_code":"ID","start_time":1744848000}]}""");
        ((string?)MetaAccountUpdates.VolumeTier(Waba, "UTILITY", "1:2", "2025-11", "India").Value["volume_tier_info"]!["tier"]).ShouldBe("1:2");
        Same(MetaAccountUpdates.Of(Waba, "PHONE_NUMBER_REMOVED", new JsonObject { ["phone_number"] = "1" }).Value, """{"event":"PHONE_NUMBER_REMOVED","phone_number":"1"}""");
    }

    [Fact]
    public void Other_fields_of_wabas_and_numbers_have_metas_members()
    {
        Same(MetaWabaEvents.Review(Waba, "REJECTED").Value, """{"decision":"REJECTED"}""");
        Same(MetaWabaEvents.Alert(Waba, "OBA_APPROVED").Value["alert_info"], """{"alert_severity":"INFORMATIONAL","alert_status":"NONE","alert_type":"OBA_APPROVED","alert_description":"An alert"}""");
        Same(MetaWabaEvents.Capability(Waba, "TIER_2K", numbersPerWaba: 20).Value, """{"max_daily_conversations_per_business":"TIER_2K","max_phone_numbers_per_waba":20}""");
        Same(MetaWabaEvents.Capability(Waba, -1).Value, """{"max_daily_conversations_per_business":-1}""");
        Same(MetaNumberEvents.NameDecision(Number, "APPROVED", "Shrub").Value, """{"display_phone_number":"16315550100","decision":"APPROVED","requested_verified_name":"Shrub","rejection_reason":null}""");
        Same(MetaNumberEvents.Quality(Number, "FLAGGED", "TIER_2K", currentLimit: "TIER_250").Value, """{"display_phone_number":"16315550100","event":"FLAGGED","current_limit":"TIER_250","max_daily_conversations_per_business":"TIER_2K"}""");
        Same(MetaNumberEvents.Security(Number, requester: "6").Value, """{"display_phone_number":"16315550100","event":"PIN_CHANGED","requester":"6"}""");
        Same(MetaNumberEvents.Username(Number, "shrub").Value, """{"display_phone_number":"16315550100","username":"shrub","status":"approved"}""");
        ((string?)Item(MetaNumberEvents.Preference(Number, Ada, "stop"), "user_preferences")["value"]).ShouldBe("stop");
    }

    [Fact]
    public void The_business_app_sends_echoes_contacts_and_history()
    {
        var echo = Item(MetaBusinessAppEvents.Echo(Number, Ada, "Hi"), "message_echoes");
        ((string?)echo["from"], (string?)echo["to"]).ShouldBe(("16315550100", "16505550123"));
        Same(Item(MetaBusinessAppEvents.Contact(Number, Ada), "state_sync")["contact"], """{"full_name":"Ada Lovelace","first_name":"Ada","phone_number":"16505550123"}""");
        Same(Item(MetaBusinessAppEvents.Contact(Number, Ada, "remove"), "state_sync")["contact"], """{"phone_number":"16505550123"}""");
        var chunk = Item(MetaBusinessAppEvents.History(Number, Ada, ["one", "two"], phase: 1, chunkOrder: 3, progress: 55), "history");
        Same(chunk["metadata"], """{"phase":1,"chunk_order":3,"progress":55}""");
        var messages = chunk["threads"]![0]!["messages"]!.AsArray();
        messages.Select(message => (string?)message!["to"]).ShouldBe([null, "16505550123"]);
        ((int)Item(MetaBusinessAppEvents.HistoryDeclined(Number), "history")["errors"]![0]!["code"]!).ShouldBe(2593109);
    }

    private static JsonNode Item(WebhookChange change, string list) => change.Value[list]![0]!;

    private static void Same(JsonNode? actual, string expected) => actual!.ToJsonString().ShouldBe(expected);
}
