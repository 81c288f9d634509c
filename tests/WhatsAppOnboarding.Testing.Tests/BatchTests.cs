using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class BatchTests : EmulatorTest
{
    private static readonly EmulatedCustomer Ada = new("Ada", "16505550123");

    [Fact]
    public async Task Changes_of_one_waba_share_an_entry_and_others_have_their_own()
    {
        var other = Business.AddWaba("Other");
        (Waba.IsAppSubscribed, other.IsAppSubscribed) = (true, true);
        var delivery = await Meta.Webhooks.SendAsync(
            [
                MetaWabaEvents.Review(Waba, "APPROVED"), MetaWabaEvents.Alert(Waba, "OBA_APPROVED"), MetaWabaEvents.Review(other, "PENDING"),
                MetaMessages.Text(Number, Ada, "Hi"),
            ],
            Ct);
        var entries = Entries(delivery);
        entries.Select(entry => ((string?)entry!["id"], entry["changes"]!.AsArray().Count, entry["time"] is not null))
            .ShouldBe([(Waba.Id, 2, true), (other.Id, 1, true), (Waba.Id, 1, false)]);
    }

    [Fact]
    public void Items_of_several_values_can_share_one_value()
    {
        var merged = WebhookChange.Merge(MetaMessages.Text(Number, Ada, "one"), MetaMessages.Text(Number, Ada, "two"), MetaStatuses.Read(Number, "wamid.1", Ada));
        merged.Value["messages"]!.AsArray().Select(message => (string?)message!["text"]!["body"]).ShouldBe(["one", "two"]);
        merged.Value["statuses"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_app_is_not_subscribed_to_is_left_out_of_a_batch()
    {
        Waba.IsAppSubscribed = true;
        Meta.Webhooks.Fields = ["messages"];
        var delivery = await Meta.Webhooks.SendAsync([MetaWabaEvents.Review(Waba, "APPROVED"), MetaMessages.Text(Number, Ada, "Hi")], Ct);
        ((string?)Entries(delivery).ShouldHaveSingleItem()!["changes"]![0]!["field"]).ShouldBe("messages");
        (await Meta.Webhooks.SendAsync(MetaWabaEvents.Review(Waba, "APPROVED"), Ct)).Status.ShouldBe(DeliveryStatus.FieldNotSubscribed);
        await Should.ThrowAsync<ArgumentException>(() => Meta.Webhooks.SendAsync([], Ct));
    }

    [Fact]
    public async Task The_field_can_stand_where_metas_samples_have_it()
    {
        var installed = Entries(await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerAppInstalled(Waba) with { Placement = WebhookFieldPlacement.Entry }, Ct))[0]!;
        ((string?)installed["field"]).ShouldBe("account_update");
        installed["changes"]![0]!["field"].ShouldBeNull();
        var uninstalled = Entries(await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerAppUninstalled(Waba) with { Placement = WebhookFieldPlacement.Value }, Ct))[0]!["changes"]![0]!;
        ((string?)uninstalled["value"]!["field"]).ShouldBe("account_update");
        uninstalled["field"].ShouldBeNull();
    }

    [Fact]
    public async Task A_field_that_nobody_knows_is_sent_as_it_is()
    {
        Waba.IsAppSubscribed = true;
        var delivery = await Meta.Webhooks.SendAsync(WebhookChange.Of(Waba, "something_new", new JsonObject { ["a"] = 1 }), Ct);
        delivery.Payload.ShouldContain("\"field\":\"something_new\",\"value\":{\"a\":1}");
    }

    [Fact]
    public async Task A_delivery_can_be_sent_twice_byte_by_byte()
    {
        await using var app = await Listener.StartAsync(Ct);
        app.AppSecret = Meta.AppSecret;
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        Waba.IsAppSubscribed = true;
        var first = await Meta.Webhooks.SendAsync(MetaMessages.Text(Number, Ada, "Hi"), Ct);
        var again = await Meta.Webhooks.SendAgainAsync(first, Ct);
        (again.Status, again.Attempts, again.MessageId).ShouldBe((DeliveryStatus.Delivered, 1, first.MessageId));
        app.Bodies.Count.ShouldBe(2);
        app.Bodies.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_callback_that_does_not_answer_is_tried_again()
    {
        var app = await Listener.StartAsync(Ct);
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        await app.DisposeAsync();
        var delivery = await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerAdded(Waba), Ct);
        (delivery.Status, delivery.LastStatusCode).ShouldBe((DeliveryStatus.Pending, null));
        await Meta.Webhooks.RetryDueAsync(Ct);
        delivery.Attempts.ShouldBe(2);
    }

    private static JsonArray Entries(WebhookDelivery delivery) => JsonNode.Parse(delivery.Payload)!["entry"]!.AsArray();
}
