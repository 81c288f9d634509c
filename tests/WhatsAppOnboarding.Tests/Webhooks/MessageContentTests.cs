using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>Who wrote, where, what was chosen, and what became of an earlier message.</summary>
public sealed class MessageContentTests
{
    private const string Nora = """{"profile":{"name":"Nora Field"},"wa_id":"1","user_id":"US.1"}""";

    [Theory]
    [InlineData(""" "from":"1","from_user_id":"US.2" """, "Otto Brook")]
    [InlineData(""" "from":"1","from_user_id":"US.7" """, null)]
    [InlineData(""" "from":"3","from_user_id":"US.9" """, "Ada Park")]
    [InlineData(""" "from":"","from_parent_user_id":"US.ENT.4" """, "Bea Hill")]
    public void A_contact_is_found_by_user_id_before_its_number(string from, string? name) => Message($$$"""
        {"contacts":[{{{Nora}}},{"profile":{"name":"Otto Brook"},"wa_id":"2","user_id":"US.2"},{"profile":{"name":"Ada Park"},"wa_id":"3"},{"profile":{"name":"Bea Hill"},"wa_id":"","parent_user_id":"US.ENT.4"}],
         "messages":[{ {{{from}}}, "id":"wamid.A","type":"text","text":{"body":"I am"}}]}
        """).ProfileName.ShouldBe(name);

    [Theory]
    [InlineData(""" "from":"16505550123" """, "")]
    [InlineData(""" "from_user_id":"US.2" """, "")]
    [InlineData(""" "from":"" """, """,{"from":"16505550123","id":"wamid.B","type":"text","text":{"body":"I am Ada"}}""")]
    public void The_only_contact_is_nobody_that_it_does_not_match(string from, string more)
    {
        var contact = """{"profile":{"name":"Nora Field"},"wa_id":"","user_id":"US.1"}""";
        var message = (MessageReceived)Contents($$$"""{"contacts":[{{{contact}}}],"messages":[{ {{{from}}},"id":"wamid.A","type":"text","text":{"body":"Hi"}}{{{more}}}]}""").First();

        (message.ProfileName, message.FromUserId).ShouldNotBe(("Nora Field", "US.1"));
        message.ProfileName.ShouldBeNull();
    }

    [Fact]
    public void A_message_that_names_nobody_is_of_the_only_contact_when_it_is_alone() =>
        Message($$$"""{"contacts":[{{{Nora}}}],"messages":[{"from":" ","id":"wamid.A","type":"text","text":{"body":"Hi"}}]}""").FromUserId.ShouldBe("US.1");

    [Theory, InlineData("stop"), InlineData("resume")]
    public void A_preference_is_of_the_customer_whom_only_the_contact_names(string value)
    {
        var told = (PreferencesChanged)Contents($$$"""{"contacts":[{"wa_id":"","user_id":"US.1"}],"user_preferences":[{"category":"marketing_messages","value":"{{{value}}}","timestamp":1}]}""", "user_preferences").Single();

        (told.Preferences.Single().UserId, told.Preferences.Single().WaId).ShouldBe(("US.1", null));
    }

    [Fact]
    public void A_status_learns_both_names_of_its_customer_from_the_contact()
    {
        var status = (MessageStatusChanged)Contents($$$"""{"contacts":[{{{Nora}}}],"statuses":[{"id":"wamid.S","status":"sent","recipient_id":"1"}]}""").Single();

        (status.RecipientId, status.RecipientUserId).ShouldBe(("1", "US.1"));
    }

    [Theory, InlineData("""{"code":131051,"title":"Unsupported"}"""), InlineData("""[{"code":131051,"title":"Unsupported"}]""")]
    public void An_error_counts_in_a_list_and_alone(string errors) =>
        ((MessageStatusChanged)Contents($$$"""{"statuses":[{"id":"wamid.S","status":"failed","errors":{{{errors}}}}]}""").Single()).Errors.ShouldHaveSingleItem().Code.ShouldBe(131051);

    [Theory]
    [InlineData("1790000000", 1790000000)]
    [InlineData("1790000000999", 1790000000)]
    public void A_time_may_be_in_milliseconds(string time, long seconds) =>
        Message($$$"""{"messages":[{"from":"1","id":"wamid.A","timestamp":{{{time}}},"type":"text","text":{"body":"Hi"}}]}""").SentAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(seconds));

    [Theory, InlineData("Great \\ud83d", "Great \ufffd"), InlineData("a\\\\ud83d \\ude00 \\ud83d\\ude00", "a\\ud83d \ufffd \ud83d\ude00")]
    public void Half_a_character_takes_no_text_along(string body, string text) =>
        Message($$$"""{"messages":[{"from":"1","id":"wamid.A","type":"text","text":{"body":"{{{body}}}"}}]}""").Text.ShouldBe(text);

    [Fact]
    public void What_only_the_contact_names_of_who_wrote_is_not_lost()
    {
        var message = Message($$$"""{"contacts":[{{{Nora}}}],"messages":[{"from":"","from_user_id":"US.1","id":"wamid.A","type":"text","text":{"body":"Hi"}}]}""");

        (message.From, message.FromUserId).ShouldBe(("1", "US.1"));
    }

    [Fact]
    public void A_message_in_a_group_names_the_group() =>
        Message("""{"messages":[{"from":"1","group_id":"Y2FwaV9ncm91cDox","id":"wamid.G1","type":"text","text":{"body":"What do you all think?"}}]}""").GroupId.ShouldBe("Y2FwaV9ncm91cDox");

    [Fact]
    public void A_status_of_a_group_names_its_member_and_no_single_recipient()
    {
        var status = (MessageStatusChanged)Contents("""
            {"contacts":[{"profile":{"name":"Ada"},"user_id":"US.2"}],
             "statuses":[{"id":"wamid.GS","status":"delivered","recipient_id":"GROUP1","recipient_type":"group","recipient_participant_user_id":"US.2"}]}
            """).Single();

        (status.GroupId, status.ParticipantId, status.ParticipantUserId, status.RecipientId, status.ProfileName).ShouldBe(("GROUP1", null, "US.2", null, "Ada"));
    }

    [Theory]
    [InlineData(""" "to":"GROUP1","recipient_type":"group" """)]
    [InlineData(""" "to":"","group_id":"GROUP1" """)]
    public void What_the_business_wrote_in_a_group_names_the_group_and_no_customer(string to)
    {
        var echo = (MessageEchoed)Contents($$$"""{"message_echoes":[{ {{{to}}}, "id":"wamid.E","type":"text","text":{"body":"Hi all"}}]}""", "smb_message_echoes").Single();

        (echo.GroupId, echo.To).ShouldBe(("GROUP1", null));
    }

    [Theory]
    [InlineData(""" "type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"text","text":{"body":"two, not three"}}} """, "two, not three")]
    [InlineData(""" "type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"image","image":{"id":"1","caption":"two"}}} """, "two")]
    [InlineData(""" "type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"edit","edit":{}}} """, null)]
    [InlineData(""" "type":"revoke","revoke":{"original_message_id":"wamid.ORIG"} """, null)]
    [InlineData(""" "type":"reaction","reaction":{"message_id":"wamid.ORIG","emoji":"x"} """, "x")]
    public void What_changes_an_earlier_message_names_it(string change, string? text)
    {
        var message = Message($$"""{"messages":[{"from":"1","id":"wamid.ED1",{{change}}}]}""");
        var echo = (MessageEchoed)Contents($$"""{"message_echoes":[{"to":"1","id":"wamid.ED1",{{change}}}]}""", "smb_message_echoes").Single();

        (message.TargetId, message.Text).ShouldBe(("wamid.ORIG", text));
        (echo.TargetId, echo.Text).ShouldBe(("wamid.ORIG", text));
    }

    [Theory]
    [InlineData(""" "type":"button","button":{"text":"Yes","payload":"yes"} """, "Yes", "yes")]
    [InlineData(""" "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b1","title":"Later"}} """, "Later", "b1")]
    [InlineData(""" "type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"Friday","description":"before noon"}} """, "Friday", "r1")]
    [InlineData(""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{}"}} """, "Sent", null)]
    [InlineData(""" "type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}} """, "accept", null)]
    [InlineData(""" "type":"order","order":{"catalog_id":"1","text":"Gift wrap, please"} """, "Gift wrap, please", null)]
    public void A_choice_says_which_one_it_was(string content, string text, string? choice)
    {
        var message = Message($$"""{"messages":[{"from":"1","id":"wamid.C",{{content}}}]}""");

        (message.Text, message.ChoiceId).ShouldBe((text, choice));
    }

    [Theory, InlineData("""  "{\"rating\":\"5\"}"  """), InlineData("""{"rating":"5"}""")]
    public void The_answers_of_a_form_are_told(string answers) =>
        Message($$$$"""{"messages":[{"from":"1","id":"wamid.F","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":{{{{answers}}}}}}}]}""")
            .FormJson.ShouldBe("""{"rating":"5"}""");

    [Fact]
    public void An_edit_tells_the_new_file()
    {
        var edit = Message("""{"messages":[{"from":"1","id":"wamid.ED","type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"image","image":{"id":"904","mime_type":"image/png"}}}}]}""");

        (edit.EditedType, edit.MediaId, edit.MimeType, edit.Text).ShouldBe(("image", "904", "image/png", null));
    }

    [Fact]
    public void The_same_number_is_no_new_one() =>
        Message("""{"messages":[{"from":"16505550123","id":"wamid.I","type":"system","system":{"type":"customer_identity_changed","wa_id":"16505550123"}}]}""").NewNumber.ShouldBeNull();

    [Fact]
    public void A_changed_number_or_user_id_is_told_with_what_it_was_before()
    {
        var number = Message("""{"messages":[{"from":"16505550123","id":"wamid.SY2","type":"system","system":{"type":"user_changed_number","body":"User Ada changed","wa_id":"16505550199"}}]}""");
        var id = Message("""{"messages":[{"from":"1","id":"wamid.SY3","type":"system","system":{"type":"user_changed_user_id","user_id":"US.2","previous_user_id":"US.1"}}]}""");

        (number.SystemType, number.From, number.NewNumber, number.Text).ShouldBe(("user_changed_number", "16505550123", "16505550199", "User Ada changed"));
        (id.SystemType, id.PreviousUserId, id.NewUserId).ShouldBe(("user_changed_user_id", "US.1", "US.2"));
    }

    [Theory, InlineData("true", true), InlineData("false", false), InlineData("\"true\"", true), InlineData("null", null)]
    public void A_recorded_sound_is_told_from_a_file(string voice, bool? isVoice) =>
        Message($$$"""{"messages":[{"from":"1","id":"wamid.V","type":"audio","audio":{"mime_type":"audio/mpeg","id":"904","voice":{{{voice}}}}}]}""").IsVoice.ShouldBe(isVoice);

    [Theory]
    [InlineData(""" "recipient_participant_user_id":"US.1" """, """ "recipient_participant_user_id":"US.2" """)]
    [InlineData(""" "recipient_participant_id":"1" """, """ "recipient_participant_id":"2" """)]
    [InlineData(""" "recipient_user_id":"US.1" """, """ "recipient_user_id":"US.2" """)]
    [InlineData(""" "timestamp":"1" """, """ "timestamp":"2" """)]
    public void Statuses_that_differ_in_their_member_or_time_are_two(string one, string other)
    {
        string[] keys = [.. Items($$$"""
            {"statuses":[{"id":"wamid.GS","status":"delivered","recipient_type":"group",{{{one}}}},{"id":"wamid.GS","status":"delivered","recipient_type":"group",{{{other}}}},
                         {"id":"wamid.GS","status":"delivered","recipient_type":"group",{{{one}}},"pricing":{"billable":true}}]}
            """).Select(item => item.Key)];

        keys.Distinct().Count().ShouldBe(2);
        keys[2].ShouldBe(keys[0]);
    }

    [Fact]
    public void The_same_id_on_another_number_is_another_item()
    {
        const string value = """{"messages":[{"from":"1","id":"wamid.A","type":"text","text":{"body":"Hi"}}]}""";

        Items(value, number: "106").Single().Key.ShouldNotBe(Items(value, number: "107").Single().Key);
        Items(value, number: "106").Single().Key.ShouldBe(Items(value, number: "106").Single().Key);
    }

    private static MessageReceived Message(string value) => (MessageReceived)Contents(value).Single();

    private static IEnumerable<EventContent> Contents(string value, string field = "messages") => Items(value, field).Select(item => item.Content!);

    private static IReadOnlyList<WebhookItem> Items(string value, string field = "messages", string number = "106") => Envelope.Read(
        JsonElement.Parse($$$"""{"entry":[{"id":"900","changes":[{"field":"{{{field}}}","value":{"metadata":{"phone_number_id":"{{{number}}}"},{{{value.Trim()[1..]}}}}]}]}"""),
        DateTimeOffset.UnixEpoch);
}
