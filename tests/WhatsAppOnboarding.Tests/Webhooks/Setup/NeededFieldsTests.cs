using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;
using WebhookChange = WhatsAppOnboarding.Testing.WebhookChange;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>What is asked of Meta, against what handlers are told of each field.</summary>
public sealed class NeededFieldsTests
{
    [Fact]
    public async Task Every_field_with_typed_contents_is_asked_of_Meta()
    {
        await using var meta = await MetaEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var host = await TheHost.StartAsync(meta: meta);
        (await host.UseAsync<IWhatsAppOperator, WebhookSetupReport>(operations => operations.ApplyWebhookSetupAsync(TestContext.Current.CancellationToken))).IsComplete.ShouldBeTrue();
        var asked = meta.Webhooks.Fields!;
        var waba = meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub");
        var number = waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await host.ConnectAsync("a");

        meta.Webhooks.Fields = null;
        var all = (await host.UseAsync<IWhatsAppOperator, WebhookSetupReport>(operations => operations.ReadWebhookSetupAsync(TestContext.Current.CancellationToken))).Fields;
        await meta.Webhooks.SendAsync(
            all.Select(field => WebhookChange.Of(waba, field, new JsonObject
            {
                ["metadata"] = new JsonObject { ["phone_number_id"] = number.Id },
                ["messages"] = new JsonArray(new JsonObject()),
                ["message_echoes"] = new JsonArray(new JsonObject()),
                ["standby"] = new JsonObject { ["messages"] = new JsonArray(new JsonObject()) },
            })),
            TestContext.Current.CancellationToken);

        host.Events.Events.Select(told => told.Field).ShouldBe(all, ignoreOrder: true);
        host.Events.Events.Where(told => told.Content is not null).Select(told => told.Field).ShouldBe(asked.Where(field => WebhookField.Find(field)!.IsTyped), ignoreOrder: true);
    }

    [Fact]
    public void Every_field_that_is_asked_of_Meta_has_a_kind() => WebhookField.All.Where(field => !field.IsTyped).ShouldBeEmpty();

    [Fact]
    public void A_field_is_one_row_and_what_the_row_says_is_what_happens()
    {
        foreach (var field in WebhookField.All)
        {
            var json = JsonElement.Parse($$$"""
                {"entry":[{"id":"1","changes":[{"field":"{{{field.Name}}}","value":{"event":"X","decision":"X","alert_info":{"alert_type":"X"},"messages":[{}],"message_echoes":[{}],"standby":{"messages":[{}]} }}]}]}
                """);

            var item = Envelope.Read(json, default).ShouldHaveSingleItem();

            (item.Content is not null).ShouldBe(field.IsTyped, field.Name);
            item.Change.CanBeRouted.ShouldBe(!field.IsAboutNumber, field.Name);
            (item.Content is { } content && NoticeReader.Read(content, DateTimeOffset.UnixEpoch, "1") is not null).ShouldBe(field.IsFollowed, field.Name);
            NeededWebhooks.Fields.ShouldContain(field.Name);
        }
    }
}
