using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class ReadReceiptTests : MessagingTest
{
    [Fact]
    public async Task A_customers_message_and_those_before_it_are_marked_as_read()
    {
        var ids = await ReceiveAsync("one", "two", "three");
        await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "+1 650-555-0199", "Otto", "other", Ct);

        var reply = await SendAsync($$$"""{"status":"read","message_id":"{{{ids[1]}}}"}""");

        ((bool?)reply["success"]).ShouldBe(true);
        Meta.World.Conversations.Where(message => message.ReadAt == Clock.GetUtcNow()).Select(message => message.Id).ShouldBe(ids[..2]);
        Meta.World.Conversations.ShouldAllBe(message => message.TypingAt == null);
        Meta.World.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_customer_can_be_shown_that_the_business_is_typing()
    {
        var ids = await ReceiveAsync("one");
        (await SendAsync($$$"""{"status":"read","message_id":"{{{ids[0]}}}","typing_indicator":{"type":"text"}}""")).ShouldSucceed();
        Meta.World.Conversations[0].TypingAt.ShouldBe(Clock.GetUtcNow());
        (await SendAsync($$$"""{"status":"read","message_id":"{{{ids[0]}}}","typing_indicator":{"type":"voice"}}""")).ShouldFail(400, 100);
    }

    [Fact]
    public async Task Only_what_a_customer_wrote_to_this_number_can_be_marked()
    {
        (await SendTextAsync()).ShouldSucceed();
        var ours = Meta.World.Messages[0].Id;
        await Meta.Webhooks.ReceiveMessageAsync(Waba.Numbers[1].Id, Customer, "Ada", "to the other number", Ct);
        var elsewhere = Meta.World.Conversations[^1].Id;
        foreach (var id in new[] { ours, elsewhere, "wamid.unknown" })
            (await SendAsync($$$"""{"status":"read","message_id":"{{{id}}}"}""")).ShouldFail(400, 131009);
        Meta.World.Conversations.ShouldAllBe(message => message.ReadAt == null);
    }

    [Theory]
    [InlineData("""{"status":"read"}""")]
    [InlineData("""{"status":"delivered","message_id":"wamid.1"}""")]
    [InlineData("""{"status":"read","message_id":"wamid.1","messaging_product":"sms"}""")]
    public async Task What_is_incomplete_is_refused(string json) => (await SendAsync(json)).ShouldFail(400, 100);

    [Fact]
    public async Task An_event_that_holds_no_message_cannot_be_received() =>
        await Should.ThrowAsync<ArgumentException>(() => Meta.Webhooks.ReceiveAsync(MetaStatuses.Read(Number, "wamid.1", Ada), Ct));

    private async Task<string[]> ReceiveAsync(params string[] texts)
    {
        foreach (var text in texts)
            await Meta.Webhooks.ReceiveMessageAsync(Number.Id, Customer, "Ada", text, Ct);
        return [.. Meta.World.Conversations.Select(message => message.Id)];
    }
}
