using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;

namespace WhatsAppOnboarding.Testing;

/// <summary>What became of messages of the business: changes of the field <c>messages</c>.</summary>
public static class MetaStatuses
{
    /// <summary>A status of any name.</summary>
    /// <param name="number">The business phone number that sent the message.</param>
    /// <param name="messageId">The message's <c>wamid</c>.</param>
    /// <param name="customer">Who it was sent to.</param>
    /// <param name="status">Meta's status; <c>failed</c> comes without contacts and pricing.</param>
    /// <param name="more">Further members of the status, for example <c>biz_opaque_callback_data</c> or <c>conversation</c>.</param>
    public static WebhookChange Of(EmulatedNumber number, string messageId, EmulatedCustomer customer, string status, JsonObject? more = null)
    {
        var item = new JsonObject { ["id"] = messageId, ["status"] = status, ["timestamp"] = number.Seconds(), ["recipient_user_id"] = customer.UserId };
        if (customer.Number is not null)
            item["recipient_id"] = customer.Digits;
        if (status is "sent" or "delivered")
            item["pricing"] = Pricing();
        return NumberValue.Of(
            number,
            "messages",
            ("contacts", status == "failed" ? null : new JsonArray(NumberValue.Contact(customer))),
            ("statuses", new JsonArray(item.With(more))));
    }

    /// <summary>On its way.</summary>
    public static WebhookChange Sent(EmulatedNumber number, string messageId, EmulatedCustomer customer) => Of(number, messageId, customer, "sent");

    /// <summary>On the customer's phone.</summary>
    public static WebhookChange Delivered(EmulatedNumber number, string messageId, EmulatedCustomer customer) => Of(number, messageId, customer, "delivered");

    /// <summary>Seen.</summary>
    public static WebhookChange Read(EmulatedNumber number, string messageId, EmulatedCustomer customer) => Of(number, messageId, customer, "read");

    /// <summary>A voice message was heard.</summary>
    public static WebhookChange Played(EmulatedNumber number, string messageId, EmulatedCustomer customer) => Of(number, messageId, customer, "played");

    /// <summary>Not delivered.</summary>
    public static WebhookChange Failed(EmulatedNumber number, string messageId, EmulatedCustomer customer, int code = 131026, string title = "Message undeliverable", string? details = "Message Undeliverable.") =>
        Of(number, messageId, customer, "failed", new JsonObject { ["errors"] = new JsonArray(NumberValue.Error(code, title, details)) });

    private static JsonObject Pricing() => new()
    {
        ["billable"] = false,
        ["pricing_model"] = "PMP",
        ["type"] = "free_customer_service",
        ["category"] = "service",
    };
}
