using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;

namespace WhatsAppOnboarding.Testing;

/// <summary>Conversation Routing: who owns a conversation, and copies of conversations that others own.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging-handovers and …/standby</remarks>
public static class MetaRouting
{
    /// <summary><c>messaging_handovers</c>, control_taken: somebody else owns the conversation now. Meta tells the owner of before.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">Whose conversation it is; null, or without a number: Meta names nobody.</param>
    public static WebhookChange ControlTaken(EmulatedNumber number, EmulatedCustomer? customer) => Handover(number, customer, "control_taken", new JsonObject
    {
        ["previous_owner_role"] = "customer_service",
        ["new_owner_role"] = "escalation",
    });

    /// <summary><c>messaging_handovers</c>, control_passed: the app owns the conversation now. Meta tells the new owner.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">Whose conversation it is; null, or without a number: Meta names nobody.</param>
    public static WebhookChange ControlPassed(EmulatedNumber number, EmulatedCustomer? customer) => Handover(number, customer, "control_passed", new JsonObject
    {
        ["previous_owner_role"] = "ai_agent",
        ["new_owner_role"] = "customer_service",
    });

    /// <summary><c>messaging_handovers</c> of any type.</summary>
    /// <param name="number">The business phone number; named under <c>recipient</c>, there is no <c>metadata</c>.</param>
    /// <param name="customer">Whose conversation it is; null, or without a number: Meta names nobody.</param>
    /// <param name="type">Meta's type; also the name of the member that holds <paramref name="content"/>.</param>
    /// <param name="content">For example <c>previous_owner_role</c>, <c>new_owner_role</c>, <c>metadata</c>, <c>conversation_context</c>.</param>
    public static WebhookChange Handover(EmulatedNumber number, EmulatedCustomer? customer, string type, JsonObject content)
    {
        var sender = new JsonObject();
        if (customer?.Digits is { Length: > 0 } digits)
            sender["phone_number"] = digits;
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["type"] = type,
            ["timestamp"] = number.Seconds(),
            ["recipient"] = new JsonObject { ["phone_number_id"] = number.Id, ["display_phone_number"] = number.Digits },
            ["sender"] = sender,
            [type] = content.DeepClone(),
        };
        return new WebhookChange(number.Waba.Id, "messaging_handovers", value) { WabaId = number.Waba.Id };
    }

    /// <summary><c>standby</c>: the copy of a change of <c>messages</c> that another responder handles. What stands in its value beside product and metadata moves into <c>standby</c>.</summary>
    /// <param name="messages">Made with <see cref="MetaMessages"/> or <see cref="MetaStatuses"/>.</param>
    public static WebhookChange Standby(WebhookChange messages)
    {
        var (value, standby) = (new JsonObject(), new JsonObject());
        foreach (var (name, node) in messages.Value)
            (name is "messaging_product" or "metadata" ? value : standby)[name] = node?.DeepClone();
        value["standby"] = standby;
        return messages with { Field = "standby", Value = value };
    }
}
