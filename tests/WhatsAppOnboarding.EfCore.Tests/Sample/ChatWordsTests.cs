using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>What the sample's chat shows of each thing that Meta sends.</summary>
public sealed class ChatWordsTests
{
    private static readonly EmulatedCustomer Ada = new("Ada Park", "+1 650-555-0123");

    [Fact]
    public async Task An_edit_changes_the_bubble_and_a_deletion_takes_its_text_away()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "two, please", id: "wamid.ORIG"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "and fast", id: "wamid.OTHER"));

        await chat.SendAsync(MetaMessages.Edit(chat.Number, Ada, "wamid.ORIG", "three, please"));
        (await chat.ThreadAsync()).Messages.Select(message => (message.Text, message.IsEdited)).ShouldBe([("three, please", true), ("and fast", false)]);

        await chat.SendAsync(MetaMessages.Revoke(chat.Number, Ada, "wamid.ORIG"));
        (await chat.ThreadAsync()).Messages.Select(message => (message.Text, message.IsDeleted)).ShouldBe([("This message was deleted.", true), ("and fast", false)]);
    }

    [Fact]
    public async Task What_another_responder_handles_is_not_in_the_chat_until_the_number_gets_it()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.SendAsync(MetaRouting.Standby(MetaMessages.Text(chat.Number, Ada, "to the bot", id: "wamid.BOT")));
        await chat.SendAsync(MetaRouting.Standby(MetaStatuses.Read(chat.Number, "wamid.OTHERS", Ada)));
        (await chat.ConversationsAsync()).ShouldBeEmpty();

        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "to a person", id: "wamid.PERSON"));
        (await chat.TextsAsync()).ShouldBe(["to a person"]);
    }

    [Fact]
    public async Task What_Meta_refuses_because_of_the_number_is_known_of_the_number_at_once()
    {
        await using var chat = await TheChat.StartAsync();
        chat.Meta.Faults.On(GraphOperations.SendMessage, Fault.Error(400, 131031));

        await chat.BeginAsync("+1 650-555-0123", "Hi");

        (await chat.Host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Evidence.SendFailure.ShouldBe(131031);
    }

    [Theory, InlineData(true, "This message was deleted."), InlineData(false, "three, please")]
    public async Task What_changes_a_message_may_come_before_it(bool revoked, string shown)
    {
        await using var chat = await TheChat.StartAsync();

        await chat.SendAsync(revoked ? MetaMessages.Revoke(chat.Number, Ada, "wamid.ORIG") : MetaMessages.Edit(chat.Number, Ada, "wamid.ORIG", "three, please"));
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "two, please", id: "wamid.ORIG"));

        (await chat.TextsAsync()).ShouldBe([shown]);
    }

    [Fact]
    public async Task Nobody_changes_what_another_wrote_and_the_newest_edit_stands()
    {
        await using var chat = await TheChat.StartAsync();
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "mine", id: "wamid.ORIG"));

        await chat.SendAsync(MetaMessages.Edit(chat.Number, new EmulatedCustomer("Otto", "+1 650-555-0177"), "wamid.ORIG", "not yours"));
        await chat.PostAsync(Edit("wamid.E2", "1900000002", "second"));
        await chat.PostAsync(Edit("wamid.E1", "1900000001", "first"));

        (await chat.ConversationsAsync()).Single(one => one.Name == "Ada Park").Text.ShouldBe("second");

        static string Edit(string id, string at, string text) =>
            $$$$"""{"messages":[{"from":"16505550123","id":"{{{{id}}}}","timestamp":"{{{{at}}}}","type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"text","text":{"body":"{{{{text}}}}"}} }}]}""";
    }

    [Theory]
    [InlineData(""" "type":"revoke","revoke":{"original_message_id":"wamid.ORIG"} """, "This message was deleted.")]
    [InlineData(""" "type":"edit","edit":{"original_message_id":"wamid.ORIG","message":{"type":"text","text":{"body":"three"}}} """, "three")]
    public async Task Who_wrote_a_message_changes_it_by_either_name(string change, string shown)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.ORIG","timestamp":"1790000000","type":"text","text":{"body":"two"}}]}""");

        await chat.PostAsync($$"""{"messages":[{"from":"","from_user_id":"US.1","id":"wamid.CH","timestamp":"1790000001",{{change}}}]}""");
        await chat.PostAsync("""{"messages":[{"from":"","from_user_id":"US.1","id":"wamid.N","timestamp":"1790000002","type":"text","text":{"body":"and fast"}}]}""");

        (await chat.TextsAsync()).ShouldBe([shown, "and fast"]);
    }

    [Theory]
    [InlineData(""" "message":{"type":"image","image":{"id":"1"}} """, "Photo")]
    [InlineData(""" "message":{"type":"image","image":{"id":"1","caption":"two"}} """, "Photo: two")]
    [InlineData(""" "message":{} """, "Photo: one")]
    public async Task An_edit_never_empties_a_bubble(string edit, string shown)
    {
        await using var chat = await TheChat.StartAsync();
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.ORIG","timestamp":"1790000000","type":"image","image":{"id":"1","caption":"one"}}]}""");

        await chat.PostAsync($$$"""{"messages":[{"from":"16505550123","id":"wamid.CH","timestamp":"1790000001","type":"edit","edit":{"original_message_id":"wamid.ORIG",{{{edit}}}}}]}""");

        (await chat.ThreadAsync()).Messages.Select(message => (message.Line, message.IsEdited)).ShouldBe([(shown, true)]);
    }

    [Fact]
    public async Task What_the_business_wrote_on_the_phone_stands_in_the_thread_as_its_own()
    {
        await using var chat = await TheChat.StartAsync(inApp: true);
        await chat.SendAsync(MetaMessages.Text(chat.Number, Ada, "Until when?"));

        await chat.SendAsync(MetaBusinessAppEvents.Echo(chat.Number, Ada, "Yes, until six", id: "wamid.E1"));
        await chat.SendAsync(MetaBusinessAppEvents.Echo(chat.Number, Ada, "or seven", id: "wamid.E2"));
        await chat.SendAsync(MetaBusinessAppEvents.EchoRevoke(chat.Number, Ada, "wamid.E2"));

        (await chat.ThreadAsync()).Messages.Select(message => (message.Text, message.Incoming, message.State)).ShouldBe([
            ("Until when?", true, ""), ("Yes, until six", false, "phone"), ("This message was deleted.", false, "phone")]);
    }

    [Fact]
    public async Task What_the_business_wrote_on_the_phone_to_a_customer_without_a_number_stands_in_their_thread()
    {
        await using var chat = await TheChat.StartAsync(inApp: true);
        var nora = new EmulatedCustomer("Nora Field", "") { UserId = "US.10000000000000000001" };
        await chat.SendAsync(MetaMessages.Text(chat.Number, nora, "Do you ship abroad?"));

        await chat.SendAsync(MetaBusinessAppEvents.Echo(chat.Number, nora, "We do"));

        (await chat.TextsAsync()).ShouldBe(["Do you ship abroad?", "We do"]);
    }

    [Fact]
    public async Task Nothing_that_nobody_wrote_is_a_bubble()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.SendAsync(MetaMessages.Welcome(chat.Number, Ada));
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.SY","type":"system","system":{"type":"customer_identity_changed"}}]}""");

        (await chat.ConversationsAsync()).ShouldBeEmpty();
        await chat.PostAsync("""{"messages":[{"from":"16505550123","id":"wamid.SY2","type":"system","system":{"type":"user_changed_number","wa_id":"16505550199"}}]}""");
        var line = (await chat.ThreadAsync()).Messages.ShouldHaveSingleItem();
        (line.Text, line.IsLine).ShouldBe(("This customer's number is now +16505550199.", true));
    }

    [Theory]
    [InlineData(""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"rating\":\"5\",\"flow_token\":\"t\"}"}} """, "Answered a form\nrating: 5")]
    [InlineData(""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"no json"}} """, "Sent")]
    [InlineData(""" "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"b","title":"Later"}} """, "Later")]
    [InlineData(""" "type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r","title":"Friday"}} """, "Friday")]
    [InlineData(""" "type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept"}} """, "accept")]
    [InlineData(""" "type":"interactive","interactive":{"type":"something_new"} """, "Made a choice that cannot be shown here.")]
    [InlineData(""" "type":"order","order":{"catalog_id":"1","text":"Gift wrap, please"} """, "Order: Gift wrap, please")]
    [InlineData(""" "type":"button","button":{"text":"Yes","payload":"y"} """, "Yes")]
    [InlineData(""" "type":"image","image":{"id":"1"} """, "Photo")]
    [InlineData(""" "type":"image","image":{} """, "Photo that cannot be shown here.")]
    [InlineData(""" "type":"poll","poll":{} """, "Something that cannot be shown here.")]
    [InlineData(""" "type":"document","document":{"id":"1","filename":"offer.pdf"} """, "Document offer.pdf")]
    [InlineData(""" "type":"document","document":{"id":"1","filename":"offer.pdf","caption":"Our offer"} """, "Document offer.pdf: Our offer")]
    [InlineData(""" "type":"location","location":{"latitude":1,"longitude":2} """, "Location")]
    [InlineData(""" "type":"audio","audio":{"mime_type":"audio/mpeg","id":"904","voice":false} """, "Audio file")]
    [InlineData(""" "type":"audio","audio":{"mime_type":"audio/ogg","id":"905","voice":true} """, "Voice message")]
    public async Task What_was_sent_is_said_in_words_that_are_true(string content, string shown)
    {
        await using var chat = await TheChat.StartAsync();

        await chat.PostAsync($$"""{"messages":[{"from":"16505550123","id":"wamid.A",{{content}}}]}""");

        (await chat.LinesAsync()).ShouldBe([shown]);
    }

    [Fact]
    public async Task A_number_that_is_in_the_app_is_sent_there()
    {
        await using var chat = await TheChat.StartAsync(inApp: true);

        await chat.SendAsync(MetaMessages.Unsupported(chat.Number, Ada));

        (await chat.TextsAsync()).ShouldBe(["Something that you can see in the WhatsApp Business app."]);
    }

    [Fact]
    public async Task What_is_left_out_is_said_in_the_log()
    {
        await using var chat = await TheChat.StartAsync();

        await chat.PostAsync("""{"messages":[{"from":"","id":"wamid.A","type":"text","text":{"body":"Who am I?"}}]}""");

        chat.Host.Logs.Lines.ShouldContain(line => line.Level == LogLevel.Warning && line.Text.Contains("is not in the chat"));
    }
}
