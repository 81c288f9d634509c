using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>Conversation Routing takes a number's conversations away and gives them back.</summary>
public sealed class RoutingTests : MessagingTest
{
    [Fact]
    public async Task What_customers_write_comes_as_standby_while_another_responder_owns_it()
    {
        Waba.IsAppSubscribed = true;
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct);

        var taken = Change(await Meta.Happenings.LoseRoutingAsync(Number.Id, Ct), "messaging_handovers");
        ((string?)taken["type"], (string?)taken["recipient"]!["phone_number_id"], (string?)taken["sender"]!["phone_number"]).ShouldBe(("control_taken", Number.Id, Customer));
        taken["control_taken"]!["new_owner_role"].ShouldNotBeNull();
        taken["metadata"].ShouldBeNull("handovers are routed by their recipient");

        var delivery = await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Are you there?", id: "wamid.2"), Ct);
        var copy = Change(delivery, "standby");
        ((string?)copy["metadata"]!["phone_number_id"], copy["messages"]).ShouldBe((Number.Id, null));
        ((string?)copy["standby"]!["messages"]![0]!["text"]!["body"], (string?)copy["standby"]!["contacts"]![0]!["wa_id"]).ShouldBe(("Are you there?", Customer));
        delivery.MessageId.ShouldBe("wamid.2");

        ((string?)Change(await Meta.Happenings.RegainRoutingAsync(Number.Id, Ct), "messaging_handovers")["type"]).ShouldBe("control_passed");
        Change(await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi again"), Ct), "messages");
    }

    [Fact]
    public async Task Each_customer_of_the_last_day_is_named_once_and_where_there_is_none_nobody_is()
    {
        ((JsonObject)Change(await Meta.Happenings.LoseRoutingAsync(Number.Id, Ct), "messaging_handovers")["sender"]!).ShouldBeEmpty();

        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct);
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi?"), Ct);
        await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, new EmulatedCustomer("Bob", "+1 650-555-0124"), "Hi"), Ct);
        var changes = JsonNode.Parse((await Meta.Happenings.RegainRoutingAsync(Number.Id, Ct)).Payload)!["entry"]![0]!["changes"]!.AsArray();
        changes.Select(change => (string?)change!["value"]!["sender"]!["phone_number"]).ShouldBe([Customer, "16505550124"]);
    }

    [Fact]
    public async Task Without_the_standby_role_nothing_comes_and_nothing_says_so()
    {
        await using var app = await ListenAsync();
        (Number.IsRoutedElsewhere, Number.IsOnStandby) = (true, false);
        (await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct)).Status.ShouldBe(DeliveryStatus.RoutedElsewhere);
        Meta.World.Conversations.ShouldHaveSingleItem().Body.ShouldBe("Hi");
        (await Graph.Http.GetStringAsync("/?number=" + Number.Id, Ct)).ShouldContain("Routed to another responder");

        Number.Recover();
        (await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct)).Status.ShouldBe(DeliveryStatus.Delivered);
        app.Bodies.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_app_that_does_not_hear_of_the_field_is_not_told()
    {
        Waba.IsAppSubscribed = true;
        Meta.Webhooks.Fields = ["messages"];
        (await Meta.Happenings.LoseRoutingAsync(Number.Id, Ct)).Status.ShouldBe(DeliveryStatus.FieldNotSubscribed);
        (await Meta.Webhooks.ReceiveAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct)).Status.ShouldBe(DeliveryStatus.FieldNotSubscribed);
    }

    [Fact]
    public void A_copy_of_anything_keeps_product_and_metadata_outside()
    {
        var copy = MetaRouting.Standby(MetaStatuses.Read(Number, "wamid.1", Ada));
        copy.Value.Select(member => member.Key).ShouldBe(["messaging_product", "metadata", "standby"]);
        (copy.Field, copy.MessageId, copy.EntryId, copy.Time).ShouldBe(("standby", "wamid.1", Waba.Id, null));
    }

    private static JsonNode Change(WebhookDelivery delivery, string field)
    {
        var change = JsonNode.Parse(delivery.Payload)!["entry"]![0]!["changes"]![0]!;
        ((string?)change["field"]).ShouldBe(field);
        return change["value"]!;
    }
}
