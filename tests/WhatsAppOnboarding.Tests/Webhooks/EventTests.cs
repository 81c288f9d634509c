using System.Net;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>What a handler is told, for each shape that Meta documents.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_message_carries_who_wrote_what_and_when()
    {
        var message = await ContentOf<MessageReceived>("messages", """
            {"contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234","user_id":"US.1"}],
             "messages":[{"from":"16505551234","from_user_id":"US.1","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"Hi"},"context":{"id":"wamid.B"}}]}
            """);

        message.ShouldBe(new MessageReceived
        {
            MessageId = "wamid.A",
            From = "16505551234",
            FromUserId = "US.1",
            ProfileName = "Sheena",
            Type = "text",
            Text = "Hi",
            ReplyTo = "wamid.B",
            SentAt = DateTimeOffset.FromUnixTimeSeconds(1749416383),
        });
    }

    [Fact]
    public async Task A_message_of_a_person_who_hides_the_number_comes_without_it()
    {
        var message = await ContentOf<MessageReceived>("messages", """
            {"contacts":[{"profile":{"name":"Ann","username":"ann"},"user_id":"US.2"}],"messages":[{"from_user_id":"US.2","id":"wamid.A","timestamp":1749416383,"type":"image","image":{"caption":"Look"}}]}
            """);

        (message.From, message.FromUserId, message.Username, message.Text).ShouldBe((null, "US.2", "ann", "Look"));
    }

    [Fact]
    public async Task An_empty_text_is_none_whoever_it_names()
    {
        var message = await ContentOf<MessageReceived>("messages", """
            {"contacts":[{"profile":{"name":"Nora Field","username":"@norafield"},"wa_id":"","user_id":"US.1"}],"messages":[{"from":"","from_user_id":"US.1","id":"wamid.A","type":"text","text":{"body":"Hi"}}]}
            """);
        var status = await ContentOf<MessageStatusChanged>("messages", """{"statuses":[{"id":"wamid.S","status":"read","recipient_id":"","recipient_user_id":"US.1"}]}""");

        (message.From, message.FromUserId, message.ProfileName, message.Username).ShouldBe((null, "US.1", "Nora Field", "@norafield"));
        (status.RecipientId, status.RecipientUserId).ShouldBe((null, "US.1"));
    }

    [Theory]
    [InlineData(""" "from":"","from_user_id":"US.2" """, "Otto Brook")]
    [InlineData(""" "from":"1" """, "Ada Park")]
    [InlineData(""" "from":"1","from_user_id":"US.9" """, "Ada Park")]
    [InlineData(""" "from":"2" """, null)]
    [InlineData(""" "from":"","from_user_id":"US.3" """, null)]
    public async Task A_message_has_the_name_of_who_wrote_it_and_of_nobody_else(string from, string? name)
    {
        var message = await ContentOf<MessageReceived>("messages", $$$"""
            {"contacts":[{"profile":{"name":"Nora Field"},"wa_id":"","user_id":"US.1"},{"profile":{"name":"Otto Brook"},"wa_id":"","user_id":"US.2"},{"profile":{"name":"Ada Park"},"wa_id":"1"}],
             "messages":[{ {{{from}}}, "id":"wamid.A","type":"text","text":{"body":"I am"}}]}
            """);

        message.ProfileName.ShouldBe(name);
    }

    [Theory, InlineData("\"wa_id\":\"2\"", null), InlineData("\"user_id\":\"US.1\"", null), InlineData("\"wa_id\":\"\"", "Ann")]
    public async Task The_only_contact_is_who_wrote_unless_it_is_somebody_else(string contact, string? name)
    {
        var message = await ContentOf<MessageReceived>(
            "messages", $$$"""{"contacts":[{"profile":{"name":"Ann"},{{{contact}}}}],"messages":[{"from":"1","id":"wamid.A","type":"text","text":{"body":"Hi"}}]}""");

        message.ProfileName.ShouldBe(name);
    }

    [Theory]
    [InlineData("""{"code":131051,"details":"beside"}""", "beside")]
    [InlineData("""{"code":131051,"error_data":{"details":"inside"}}""", "inside")]
    [InlineData("""{"code":131051,"error_data":{"details":""},"details":"beside"}""", "beside")]
    public async Task The_details_of_an_error_are_read_where_Meta_wrote_them(string error, string details)
    {
        (await ContentOf<MessageReceived>("messages", $$"""{"messages":[{"from":"1","id":"wamid.A","type":"unknown","errors":[{{error}}]}]}""")).Errors.Single().Details.ShouldBe(details);
        (await ContentOf<MessageStatusChanged>("messages", $$"""{"statuses":[{"id":"wamid.S","status":"failed","errors":[{{error}}]}]}""")).Errors.Single().Details.ShouldBe(details);
    }

    [Fact]
    public async Task A_message_that_Meta_cannot_pass_on_says_why()
    {
        var message = await ContentOf<MessageReceived>("messages", """
            {"messages":[{"from":"1","id":"wamid.A","type":"unsupported","errors":[{"code":131051,"title":"Message type unknown","message":"m","error_data":{"details":"d"}}]}]}
            """);

        message.Errors.ShouldBe([new MessageError { Code = 131051, Title = "Message type unknown", Message = "m", Details = "d" }]);
        message.Text.ShouldBeNull();
    }

    [Fact]
    public async Task A_status_that_failed_says_why_and_has_no_contacts()
    {
        var status = await ContentOf<MessageStatusChanged>("messages", """
            {"statuses":[{"id":"wamid.S","status":"failed","timestamp":"1750263773","recipient_user_id":"US.3","biz_opaque_callback_data":"order 7","errors":[{"code":131050,"title":"t"}]}]}
            """);

        (status.MessageId, status.Status, status.RecipientId, status.RecipientUserId, status.CallbackData).ShouldBe(("wamid.S", "failed", null, "US.3", "order 7"));
        status.Errors.ShouldBe([new MessageError { Code = 131050, Title = "t" }]);
    }

    [Fact]
    public async Task An_error_of_the_number_is_an_event_of_its_own() =>
        (await ContentOf<MessageError>("messages", """{"errors":[{"code":130429,"title":"Rate limit hit"}]}""")).Code.ShouldBe(130429);

    [Fact]
    public async Task What_the_business_wrote_in_the_app_is_an_echo_and_no_message()
    {
        var echo = await ContentOf<MessageEchoed>("smb_message_echoes", """{"message_echoes":[{"from":"16315550100","to":"15550001","id":"wamid.E","timestamp":"1","type":"text","text":{"body":"from the phone"}}]}""");

        (echo.MessageId, echo.To, echo.Text).ShouldBe(("wamid.E", "15550001", "from the phone"));
    }

    [Fact]
    public async Task Contacts_and_history_of_the_app_are_told_as_a_whole()
    {
        (await ContentOf<AppContactsChanged>("smb_app_state_sync", """{"state_sync":[{"type":"contact","contact":{"full_name":"Ann Lee","first_name":"Ann","phone_number":"1"},"action":"add","metadata":{"timestamp":"1739321024"}}]}"""))
            .Contacts.ShouldBe([new AppContact { Action = "add", Phone = "1", FullName = "Ann Lee", FirstName = "Ann", At = DateTimeOffset.FromUnixTimeSeconds(1739321024) }]);
        var history = await ContentOf<HistoryReceived>("history", """{"history":[{"metadata":{"phase":1,"chunk_order":2,"progress":55},"threads":[]}]}""");
        history.Chunks.ShouldBe([new HistoryChunk { Phase = 1, Order = 2, Progress = 55 }]);
        (await ContentOf<HistoryReceived>("history", """{"history":[{"errors":[{"code":2593109}]}]}""")).Errors.ShouldHaveSingleItem().Code.ShouldBe(2593109);
    }

    [Fact]
    public async Task A_preference_says_who_wants_no_marketing() =>
        (await ContentOf<PreferencesChanged>("user_preferences", """{"user_preferences":[{"wa_id":"1","detail":"d","category":"marketing_messages","value":"stop","timestamp":1739321024}]}"""))
            .Preferences.ShouldBe([new UserPreference { WaId = "1", Category = "marketing_messages", Value = "stop", Detail = "d", At = DateTimeOffset.FromUnixTimeSeconds(1739321024) }]);

    [Theory]
    [InlineData("account_review_update", """{"decision":"APPROVED"}""", typeof(AccountReviewed))]
    [InlineData("account_alerts", """{"entity_type":"WABA","alert_info":{"alert_type":"OBA_REJECTED"}}""", typeof(AccountAlerted))]
    [InlineData("business_capability_update", """{"max_daily_conversations_per_business":2000,"max_phone_numbers_per_waba":20}""", typeof(CapabilityChanged))]
    [InlineData("phone_number_name_update", """{"decision":"REJECTED","rejection_reason":"NAME_NOT_CONSISTENT"}""", typeof(NameReviewed))]
    [InlineData("phone_number_quality_update", """{"event":"THROUGHPUT_UPGRADE"}""", typeof(LimitChanged))]
    [InlineData("security", """{"event":"PIN_CHANGED"}""", typeof(SecurityChanged))]
    [InlineData("account_update", """{"event":"account_offboarded"}""", typeof(AccountUpdated))]
    public async Task Every_other_field_has_its_kind(string field, string value, Type kind) =>
        (await EventOf(field, value, aboutNumber: false)).Content.ShouldBeOfType(kind);

    [Theory, InlineData("business_username_update", """{"username":"lucky"}""", false), InlineData("messages", """{"something":1}""", true)]
    public async Task What_is_new_has_no_kind_and_is_no_error(string field, string value, bool aboutNumber)
    {
        var unknown = await EventOf(field, value, aboutNumber);

        (unknown.Field, unknown.Content).ShouldBe((field, null));
        unknown.Key.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Half_a_character_in_the_name_of_a_property_hides_no_other() =>
        (await EventOf("messages", """{"\ud800 and a name that is longer than what is looked for":1,"messages":[{"id":"wamid.A","type":"text","text":{"body":"seen"}}]}""", aboutNumber: true))
            .PhoneNumberId.ShouldNotBeNull();

    [Fact]
    public async Task The_name_of_the_field_is_found_where_Metas_samples_put_it()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);
        var info = $$"""{"waba_id":"{{waba.Id}}"}""";

        await client.DeliverAsync(host, $$$"""{"entry":[{"id":"7","field":"account_update","changes":[{"value":{"event":"PARTNER_APP_INSTALLED","waba_info":{{{info}}}}}]}]}""");
        await client.DeliverAsync(host, $$$"""{"entry":[{"id":"7","changes":[{"value":{"field":"account_update","event":"AD_ACCOUNT_LINKED","waba_info":{{{info}}}}}]}]}""");

        host.Events.Events.Select(seen => ((AccountUpdated)seen.Content!).Event).ShouldBe(["PARTNER_APP_INSTALLED", "AD_ACCOUNT_LINKED"]);
    }

    private static async Task<TContent> ContentOf<TContent>(string field, string value)
        where TContent : EventContent => (await EventOf(field, value, aboutNumber: true)).Content.ShouldBeOfType<TContent>();

    private static async Task<WebhookEvent> EventOf(string field, string value, bool aboutNumber)
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, SignedPost.Change(waba.Id, field, value.Trim(), aboutNumber ? number.Id : null))).StatusCode.ShouldBe(HttpStatusCode.OK);

        return host.Events.Events.ShouldHaveSingleItem();
    }
}
