using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>Webhook bodies in Meta's shapes.</summary>
internal static class WebhookPayloads
{
    public static JsonObject Message(EmulatedNumber number, EmulatedMessage message)
    {
        var userId = UserId(message.Customer.Length > 0 ? message.Customer : message.CustomerName ?? "");
        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = message.CustomerName }, ["user_id"] = userId };
        var content = new JsonObject
        {
            ["from_user_id"] = userId,
            ["id"] = message.Id,
            ["timestamp"] = Seconds(message.At),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = message.Body },
        };
        if (message.Customer.Length > 0)
        {
            contact["wa_id"] = message.Customer;
            content["from"] = message.Customer;
        }

        return OfNumber(number, ("contacts", new JsonArray(contact)), ("messages", new JsonArray(content)));
    }

    public static JsonObject Status(EmulatedNumber number, EmulatedMessage message, string status, DateTimeOffset at) => OfNumber(
        number,
        ("contacts", new JsonArray(new JsonObject { ["wa_id"] = message.Customer, ["user_id"] = UserId(message.Customer) })),
        ("statuses", new JsonArray(new JsonObject
        {
            ["id"] = message.Id,
            ["status"] = status,
            ["timestamp"] = Seconds(at),
            ["recipient_id"] = message.Customer,
            ["recipient_user_id"] = UserId(message.Customer),
            ["pricing"] = new JsonObject
            {
                ["billable"] = false,
                ["pricing_model"] = "PMP",
                ["type"] = "free_customer_service",
                ["category"] = "service",
            },
        })));

    public static JsonObject Envelope(string entryId, string field, JsonNode value, DateTimeOffset? time = null)
    {
        var entry = new JsonObject { ["id"] = entryId };
        if (time is { } at)
            entry["time"] = at.ToUnixTimeSeconds();
        entry["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value });
        return new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = new JsonArray(entry) };
    }

    private static JsonObject OfNumber(EmulatedNumber number, params (string Name, JsonNode Items)[] lists)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = number.Digits, ["phone_number_id"] = number.Id },
        };
        foreach (var (name, items) in lists)
            value[name] = items;
        return Envelope(number.Waba.Id, "messages", value);
    }

    /// <summary>A business-scoped user id: always the same for the same person.</summary>
    private static string UserId(string person)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(person));
        return "US." + BitConverter.ToUInt64(hash).ToString("D20", CultureInfo.InvariantCulture);
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
