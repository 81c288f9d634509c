using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class MessageKindTests : MessagingTest
{
    [Theory]
    [InlineData("""{"text":{"body":"Hi","preview_url":true}}""", "text", "Hi")]
    [InlineData("""{"type":"image","image":{"link":"https://shop.example/a.jpg","caption":"Ferns"}}""", "image", "Ferns")]
    [InlineData("""{"type":"video","video":{"link":"https://shop.example/a.mp4"}}""", "video", "")]
    [InlineData("""{"type":"audio","audio":{"link":"https://shop.example/a.ogg","voice":true}}""", "audio", "")]
    [InlineData("""{"type":"sticker","sticker":{"link":"https://shop.example/a.webp"}}""", "sticker", "")]
    [InlineData("""{"type":"document","document":{"link":"https://shop.example/a.pdf","filename":"Invoice.pdf"}}""", "document", "Invoice.pdf")]
    [InlineData("""{"type":"location","location":{"latitude":37.48,"longitude":"-122.14","name":"Shop","address":"1 Way"}}""", "location", "Shop")]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ann Lee","first_name":"Ann"},"phones":[{"phone":"+1 650 555 0199","type":"HOME"}]}]}""", "contacts", "Ann Lee")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button","header":{"type":"image","image":{"link":"https://shop.example/a.jpg"}},"body":{"text":"Which?"},"footer":{"text":"Lucky Shrub"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"One"}},{"type":"reply","reply":{"id":"2","title":"Two"}}]}}}""", "interactive", "Which?")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Plants"},"body":{"text":"Which?"},"action":{"button":"Choose","sections":[{"title":"A","rows":[{"id":"1","title":"Fern","description":"Green"}]},{"title":"B","rows":[{"id":"2","title":"Moss"}]}]}}}""", "interactive", "Which?")]
    public async Task A_message_of_each_kind_is_accepted_and_kept(string json, string type, string body)
    {
        var reply = await SendAsync(json);
        reply.ShouldSucceed();
        var message = Meta.World.Messages.ShouldHaveSingleItem();
        (message.Id, message.Type, message.Body, message.Customer, message.FailureCode).ShouldBe(((string)reply["messages"]![0]!["id"]!, type, body, Customer, null));
        message.Content.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"type":"poll","poll":{}}""")]
    [InlineData("""{"type":"text","text":{"body":"Hi","colour":"red"}}""")]
    [InlineData("""{"type":"text","text":{"body":"Hi","preview_url":"yes"}}""")]
    [InlineData("""{"type":"image","text":{"body":"Hi"}}""")]
    [InlineData("""{"type":"image","image":{}}""")]
    [InlineData("""{"type":"image","image":{"id":"1","link":"https://shop.example/a.jpg"}}""")]
    [InlineData("""{"type":"image","image":{"id":"4711"}}""")]
    [InlineData("""{"type":"image","image":{"link":"a.jpg"}}""")]
    [InlineData("""{"type":"image","image":{"link":"https://shop.example/a.jpg","filename":"a.jpg"}}""")]
    [InlineData("""{"type":"audio","audio":{"link":"https://shop.example/a.ogg","caption":"Song"}}""")]
    [InlineData("""{"type":"sticker","sticker":{"link":"https://shop.example/a.webp","caption":"Smile"}}""")]
    [InlineData("""{"type":"location","location":{"latitude":1}}""")]
    [InlineData("""{"type":"contacts","contacts":[]}""")]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Ann"}}]}""")]
    [InlineData("""{"type":"reaction","reaction":{"emoji":"👍"}}""")]
    [InlineData("""{"type":"text","text":{"body":"Hi"},"context":{}}""")]
    [InlineData("""{"type":"text","text":{"body":"Hi"},"recipient_type":"crowd"}""")]
    public async Task What_is_incomplete_or_not_documented_is_refused(string json)
    {
        (await SendAsync(json)).ShouldFail(400, 100);
        Meta.World.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caption_has_1024_characters_at_most()
    {
        (await SendAsync($$$"""{"type":"image","image":{"link":"https://shop.example/a.jpg","caption":"{{{new string('x', 1024)}}}"}}""")).ShouldSucceed();
        (await SendAsync($$$"""{"type":"image","image":{"link":"https://shop.example/a.jpg","caption":"{{{new string('x', 1025)}}}"}}""")).ShouldFail(400, 100);
    }

    [Fact]
    public async Task An_answer_names_the_message_that_it_answers()
    {
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, Customer, "Ada", "Are you open?", Ct);
        var asked = Meta.World.Conversations[^1].Id;
        (await SendAsync($$$"""{"type":"text","text":{"body":"Yes"},"context":{"message_id":"{{{asked}}}"}}""")).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().ReplyTo.ShouldBe(asked);
    }

    [Fact]
    public async Task A_reaction_to_a_message_of_the_conversation_is_kept_and_any_other_fails_afterwards()
    {
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, Customer, "Ada", "Thanks!", Ct);
        (await SendAsync($$$"""{"type":"reaction","reaction":{"message_id":"{{{Meta.World.Conversations[^1].Id}}}","emoji":"👍"}}""")).ShouldSucceed();
        (Meta.World.Messages[^1].Body, Meta.World.Messages[^1].FailureCode).ShouldBe(("👍", null));
        (await SendAsync($$$"""{"type":"reaction","reaction":{"message_id":"{{{Meta.World.Messages[^1].Id}}}","emoji":"👍"}}""")).ShouldSucceed();
        Meta.World.Messages[^1].FailureCode.ShouldBe(131009, "it is a reaction itself");
        (await SendAsync("""{"type":"reaction","reaction":{"message_id":"wamid.unknown","emoji":""}}""")).ShouldSucceed();
        Meta.World.Messages[^1].FailureCode.ShouldBe(131009);
        Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));
        (await SendAsync($$$"""{"type":"reaction","reaction":{"message_id":"{{{Meta.World.Conversations[0].Id}}}","emoji":"👍"}}""")).ShouldSucceed();
        Meta.World.Messages[^1].FailureCode.ShouldBe(131009);
    }

    [Fact]
    public async Task A_reaction_is_told_as_sent_and_never_as_delivered()
    {
        await using var app = await ListenAsync();
        var text = (string)(await SendTextAsync())["messages"]![0]!["id"]!;
        foreach (var status in new[] { "sent", "delivered" })
            ((string?)(await NextStatusAsync(app))["status"]).ShouldBe(status);

        var reaction = (string)(await SendAsync($$$"""{"type":"reaction","reaction":{"message_id":"{{{text}}}","emoji":"👍"}}"""))["messages"]![0]!["id"]!;
        ((string?)(await NextStatusAsync(app))["id"]).ShouldBe(reaction);
        var next = (string)(await SendTextAsync())["messages"]![0]!["id"]!;
        ((string?)(await NextStatusAsync(app))["id"]).ShouldBe(next);
    }
}
