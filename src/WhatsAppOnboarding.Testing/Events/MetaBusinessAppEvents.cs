using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>What comes from the WhatsApp Business app of a coexistence number.</summary>
public static class MetaBusinessAppEvents
{
    /// <summary><c>smb_message_echoes</c>: the business wrote on its phone.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">Who it was written to.</param>
    /// <param name="body">The text.</param>
    /// <param name="id">The <c>wamid</c>; null for a new one.</param>
    public static WebhookChange Echo(EmulatedNumber number, EmulatedCustomer customer, string body, string? id = null)
    {
        var echo = Text(number, number.Digits, body, id);
        echo["to"] = customer.Digits;
        echo["to_user_id"] = customer.UserId;
        return Echo(number, echo);
    }

    /// <summary><c>smb_message_echoes</c>: the business deletes on its phone, for everybody, what it wrote there.</summary>
    public static WebhookChange EchoRevoke(EmulatedNumber number, EmulatedCustomer customer, string messageId) => Echo(number, new JsonObject
    {
        ["from"] = number.Digits,
        ["to"] = customer.Digits,
        ["to_user_id"] = customer.UserId,
        ["id"] = MetaIds.NewMessageId(),
        ["timestamp"] = number.Seconds(),
        ["type"] = "revoke",
        ["revoke"] = new JsonObject { ["original_message_id"] = messageId },
    });

    /// <summary><c>smb_app_state_sync</c>: a contact was added, changed or removed on the phone.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">The contact.</param>
    /// <param name="action">add or remove; Meta leaves the names out when a contact is removed.</param>
    public static WebhookChange Contact(EmulatedNumber number, EmulatedCustomer customer, string action = "add")
    {
        var contact = new JsonObject();
        if (action != "remove")
            (contact["full_name"], contact["first_name"]) = (customer.Name, customer.Name.Split(' ')[0]);
        contact["phone_number"] = customer.Digits;
        return NumberValue.Of(number, "smb_app_state_sync", ("state_sync", new JsonArray(new JsonObject
        {
            ["type"] = "contact",
            ["contact"] = contact,
            ["action"] = action,
            ["metadata"] = new JsonObject { ["timestamp"] = number.Seconds() },
        })));
    }

    /// <summary><c>history</c>: a chunk with one thread, whose messages are written by customer and business in turn.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">The thread's customer.</param>
    /// <param name="bodies">The texts; thousands may come at once.</param>
    /// <param name="phase">0: the last day; 1: to day 90; 2: to day 180.</param>
    /// <param name="chunkOrder">The chunk's number.</param>
    /// <param name="progress">Percent.</param>
    public static WebhookChange History(EmulatedNumber number, EmulatedCustomer customer, IEnumerable<string> bodies, int phase = 0, int chunkOrder = 1, int progress = 100)
    {
        var messages = bodies.Select((body, at) =>
        {
            var message = Text(number, at % 2 == 0 ? customer.Digits : number.Digits, body, id: null);
            if (at % 2 == 1)
                message["to"] = customer.Digits;
            message["history_context"] = new JsonObject { ["status"] = "READ" };
            return message;
        });
        return NumberValue.Of(number, "history", ("history", new JsonArray(new JsonObject
        {
            ["metadata"] = new JsonObject { ["phase"] = phase, ["chunk_order"] = chunkOrder, ["progress"] = progress },
            ["threads"] = new JsonArray(new JsonObject { ["id"] = customer.Digits, ["messages"] = new JsonArray([.. messages]) }),
        })));
    }

    /// <summary><c>history</c>: the customer does not share it (2593109).</summary>
    public static WebhookChange HistoryDeclined(EmulatedNumber number)
    {
        const string Title = "History sync is turned off by the business from the WhatsApp Business App";
        return NumberValue.Of(number, "history", ("history", new JsonArray(new JsonObject
        {
            ["errors"] = new JsonArray(NumberValue.Error(2593109, Title, Title)),
        })));
    }

    private static WebhookChange Echo(EmulatedNumber number, JsonObject echo) => NumberValue.Of(number, "smb_message_echoes", ("message_echoes", new JsonArray(echo)));

    private static JsonObject Text(EmulatedNumber number, string from, string body, string? id) => new()
    {
        ["from"] = from,
        ["id"] = id ?? MetaIds.NewMessageId(),
        ["timestamp"] = number.Seconds(),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = body },
    };
}
