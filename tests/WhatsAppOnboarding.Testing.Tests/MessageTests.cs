using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class MessageTests : EmulatorTest
{
    [Fact]
    public async Task A_text_is_accepted_and_kept()
    {
        var reply = await SendAsync(new { messaging_product = "whatsapp", to = "+1 650-555-0123", type = "text", text = new { body = "Grüße" } });
        reply.ShouldSucceed();
        ((string?)reply["contacts"]![0]!["wa_id"]).ShouldBe("16505550123");
        ((string?)reply["messages"]![0]!["id"]).ShouldStartWith("wamid.");
        var message = Meta.World.Messages.ShouldHaveSingleItem();
        (message.Body, message.Customer, message.PhoneNumberId).ShouldBe(("Grüße", "16505550123", Number.Id));
    }

    [Fact]
    public async Task Incomplete_messages_are_refused()
    {
        (await SendAsync(new { to = "1", text = new { body = "Hi" } })).ShouldFail(400, 100);
        (await SendAsync(new { messaging_product = "whatsapp", text = new { body = "Hi" } })).ShouldFail(400, 100);
        (await SendAsync(new { messaging_product = "whatsapp", to = "1", text = new { body = 7 } })).ShouldFail(400, 100);
        (await SendAsync(new { messaging_product = "whatsapp", to = "1", text = new { body = new string('x', 4097) } })).ShouldFail(400, 100);
        Meta.World.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_a_connected_number_sends()
    {
        Number.Status = "PENDING";
        (await SendAsync(new { messaging_product = "whatsapp", to = "1", text = new { body = "Hi" } })).ShouldFail(400, 133010);
    }

    private Task<GraphReply> SendAsync(object message) =>
        Graph.PostAsync($"/v25.0/{Number.Id}/messages", Meta.World.IssueToken().Value, message);
}
