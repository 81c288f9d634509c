using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class WebhookTests : EmulatorTest
{
    [Fact]
    public async Task A_customers_message_arrives_signed_in_metas_envelope()
    {
        await using var app = await ConnectAsync();
        var delivery = await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "+1 650 555 0123", "Zoë", "Grüße / 👋", Ct);

        (delivery.Status, delivery.Attempts, delivery.LastStatusCode).ShouldBe((DeliveryStatus.Delivered, 1, 200));
        app.Bodies.TryDequeue(out var body).ShouldBeTrue();
        body.ShouldContain("Gr\\u00fc\\u00dfe \\/ \\ud83d\\udc4b");
        var entry = JsonNode.Parse(body!)!["entry"]![0]!;
        var value = entry["changes"]![0]!["value"]!;
        ((string?)entry["id"]).ShouldBe(Waba.Id);
        ((string?)value["metadata"]!["phone_number_id"]).ShouldBe(Number.Id);
        ((string?)value["metadata"]!["display_phone_number"]).ShouldBe("16315550100");
        ((string?)value["messages"]![0]!["from"]).ShouldBe("16505550123");
        ((string?)value["messages"]![0]!["text"]!["body"]).ShouldBe("Grüße / 👋");
    }

    [Fact]
    public async Task A_person_with_a_username_has_no_number()
    {
        var delivery = await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "", "Ada", "Hi", Ct);
        delivery.Payload.ShouldNotContain("\"from\"");
        delivery.Payload.ShouldNotContain("\"wa_id\"");
        delivery.Payload.ShouldContain("\"from_user_id\":\"US.");
    }

    [Fact]
    public async Task Nothing_is_sent_to_an_app_that_is_not_subscribed()
    {
        await using var app = await ConnectAsync();
        Waba.IsAppSubscribed = false;
        (await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "1", "Ada", "Hi", Ct)).Status.ShouldBe(DeliveryStatus.NotSubscribed);
        app.Bodies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callback_that_does_not_know_the_verify_token_is_not_taken()
    {
        await using var app = await Listener.StartAsync(Ct);
        (await Meta.Webhooks.ConfigureAsync(app.Callback, "wrong", Ct)).ShouldBeFalse();
        Meta.Webhooks.Callback.ShouldBeNull();
        (await Meta.Webhooks.SendAsync(new JsonObject(), Ct)).Status.ShouldBe(DeliveryStatus.NoCallback);
    }

    [Fact]
    public async Task Anything_but_200_is_tried_again_at_falling_frequency_for_36_hours()
    {
        await using var app = await ConnectAsync();
        app.Answer = 202;
        var delivery = await Meta.Webhooks.SendAsync(new JsonObject { ["object"] = "x" }, Ct);
        (delivery.Status, delivery.LastStatusCode).ShouldBe((DeliveryStatus.Pending, 202));

        await Meta.Webhooks.RetryDueAsync(Ct);
        delivery.Attempts.ShouldBe(2);
        await Meta.Webhooks.RetryDueAsync(Ct);
        delivery.Attempts.ShouldBe(2);

        for (var hour = 0; hour < 48 && delivery.Status == DeliveryStatus.Pending; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await Meta.Webhooks.RetryDueAsync(Ct);
        }

        delivery.Status.ShouldBe(DeliveryStatus.Dropped);
        delivery.Attempts.ShouldBeInRange(6, 15);
        (Clock.GetUtcNow() - delivery.CreatedAt).ShouldBeLessThan(TimeSpan.FromHours(37));
        Meta.Webhooks.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_that_is_answered_200_is_the_last()
    {
        await using var app = await ConnectAsync();
        app.Answer = 500;
        var delivery = await Meta.Webhooks.SendAsync(new JsonObject { ["object"] = "x" }, Ct);
        app.Answer = 200;
        await Meta.Webhooks.RetryDueAsync(Ct);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        app.Bodies.Distinct().Count().ShouldBe(1);
        app.Bodies.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_sent_message_is_followed_by_its_statuses()
    {
        await using var app = await ConnectAsync();
        var reply = await Graph.PostAsync($"/v25.0/{Number.Id}/messages", Meta.World.IssueToken().Value, new { messaging_product = "whatsapp", to = "1650", text = new { body = "Hi" } });
        foreach (var status in new[] { "sent", "delivered" })
        {
            (await app.Arrived.WaitAsync(TimeSpan.FromSeconds(10), Ct)).ShouldBeTrue();
            app.Bodies.TryDequeue(out var body);
            var reported = JsonNode.Parse(body!)!["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!;
            ((string?)reported["status"]).ShouldBe(status);
            ((string?)reported["id"]).ShouldBe((string?)reply["messages"]![0]!["id"]);
        }
    }

    [Fact]
    public async Task Retries_at_the_same_time_send_a_delivery_once()
    {
        await using var app = await ConnectAsync();
        app.Answer = 500;
        var delivery = await Meta.Webhooks.SendAsync(new JsonObject(), Ct);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Meta.Webhooks.RetryDueAsync(Ct)));
        delivery.Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Statuses_are_not_sent_to_an_app_that_is_not_subscribed_or_when_switched_off(bool subscribed, bool sendStatuses)
    {
        await using var app = await ConnectAsync();
        Waba.IsAppSubscribed = subscribed;
        Meta.Webhooks.SendStatuses = sendStatuses;
        (await Graph.PostAsync($"/v25.0/{Number.Id}/messages", Meta.World.IssueToken().Value, new { messaging_product = "whatsapp", to = "1650", text = new { body = "Hi" } })).ShouldSucceed();
        (await app.Arrived.WaitAsync(TimeSpan.FromMilliseconds(100), Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_partner_event_comes_unsubscribed_under_the_portfolio_of_the_saas()
    {
        await using var app = await ConnectAsync();
        Meta.World.RemoveAppFrom(Waba.Id);
        var delivery = await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerRemoved(Waba), Ct);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        var entry = JsonNode.Parse(delivery.Payload)!["entry"]![0]!;
        ((string?)entry["id"]).ShouldBe(Meta.World.PartnerBusinessId);
        ((string?)entry["changes"]![0]!["value"]!["waba_info"]!["waba_id"]).ShouldBe(Waba.Id);
    }

    [Fact]
    public async Task A_callback_set_by_options_is_verified_before_the_first_delivery()
    {
        await using var app = await Listener.StartAsync(Ct);
        await using var meta = await MetaEmulator.StartAsync(new() { WebhookCallback = app.Callback, WebhookVerifyToken = Listener.VerifyToken }, Ct);
        app.AppSecret = meta.AppSecret;
        app.Handshakes.ShouldBe(0);
        (await meta.Webhooks.SendAsync(new JsonObject(), Ct)).Status.ShouldBe(DeliveryStatus.Delivered);
        (await meta.Webhooks.SendAsync(new JsonObject(), Ct)).Status.ShouldBe(DeliveryStatus.Delivered);
        app.Handshakes.ShouldBe(1);
    }

    private async Task<Listener> ConnectAsync()
    {
        var app = await Listener.StartAsync(Ct);
        app.AppSecret = Meta.AppSecret;
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        Waba.IsAppSubscribed = true;
        return app;
    }
}
