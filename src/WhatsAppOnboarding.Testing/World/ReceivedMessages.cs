using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.World;

/// <summary>Customers' messages out of the webhook that tells of them.</summary>
internal static class ReceivedMessages
{
    public static IReadOnlyList<EmulatedMessage> Of(WebhookChange change, DateTimeOffset now)
    {
        var value = change.Value;
        if (change.Field != "messages" || value["messages"] is not JsonArray { Count: > 0 } messages || Text(value["metadata"], "phone_number_id") is not { Length: > 0 } number)
            throw new ArgumentException("This change holds no customer's message. Make it with MetaMessages.", nameof(change));
        return [.. messages.OfType<JsonObject>().Select(message => Read(message, number, value["contacts"] as JsonArray ?? [], now))];
    }

    private static EmulatedMessage Read(JsonObject message, string number, JsonArray contacts, DateTimeOffset now)
    {
        var (from, userId, type) = (Text(message, "from"), Text(message, "from_user_id"), Text(message, "type"));
        var contact = contacts.FirstOrDefault(contact => userId.Length > 0 && Text(contact, "user_id") == userId);
        return new EmulatedMessage
        {
            Id = Text(message, "id"),
            PhoneNumberId = number,
            FromBusiness = false,
            Customer = from,
            CustomerName = Text(contact?["profile"], "name"),
            Type = type,
            Body = MessageSummary.Of(type, message[type]),
            At = now,
            CustomerUserId = userId,
            CustomerUsername = Text(contact?["profile"], "username") is { Length: > 0 } username ? username : null,
            Content = message[type]?.DeepClone(),
            ReplyTo = Text(message["context"], "id") is { Length: > 0 } original ? original : null,
        };
    }

    private static string Text(JsonNode? node, string name) =>
        node is JsonObject found && found[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
