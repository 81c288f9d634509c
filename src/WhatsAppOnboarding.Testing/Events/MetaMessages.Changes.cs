using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>What changes an earlier message or the customer, and what nobody wrote.</summary>
public static partial class MetaMessages
{
    /// <summary>The customer writes an earlier message anew.</summary>
    /// <param name="number">The business phone number that gets it.</param>
    /// <param name="customer">Who writes.</param>
    /// <param name="messageId">The message that is changed.</param>
    /// <param name="body">Its new text.</param>
    /// <param name="id">The <c>wamid</c> of the edit; null for a new one.</param>
    public static WebhookChange Edit(EmulatedNumber number, EmulatedCustomer customer, string messageId, string body, string? id = null) => Of(
        number,
        customer,
        "edit",
        new JsonObject
        {
            ["original_message_id"] = messageId,
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = body } },
        },
        id);

    /// <summary>The customer deletes an earlier message for everybody.</summary>
    public static WebhookChange Revoke(EmulatedNumber number, EmulatedCustomer customer, string messageId, string? id = null) =>
        Of(number, customer, "revoke", new JsonObject { ["original_message_id"] = messageId }, id);

    /// <summary>An emoji on an earlier message.</summary>
    /// <param name="number">The business phone number that gets it.</param>
    /// <param name="customer">Who reacts.</param>
    /// <param name="messageId">The message reacted to.</param>
    /// <param name="emoji">The emoji; null when it is taken back, then Meta leaves it out.</param>
    public static WebhookChange Reaction(EmulatedNumber number, EmulatedCustomer customer, string messageId, string? emoji)
    {
        var reaction = new JsonObject { ["message_id"] = messageId };
        if (emoji is not null)
            reaction["emoji"] = emoji;
        return Of(number, customer, "reaction", reaction);
    }

    /// <summary>The customer has opened the chat for the first time, and written nothing.</summary>
    public static WebhookChange Welcome(EmulatedNumber number, EmulatedCustomer customer) => Of(number, customer, "request_welcome", content: null);

    /// <summary>The customer has changed the number.</summary>
    public static WebhookChange NumberChanged(EmulatedNumber number, EmulatedCustomer customer, string newNumber)
    {
        var digits = string.Concat(newNumber.Where(char.IsAsciiDigit));
        var body = $"User {customer.Name} changed from {customer.Digits} to {digits}";
        return Of(number, customer, "system", new JsonObject { ["body"] = body, ["wa_id"] = digits, ["type"] = "user_changed_number" });
    }

    /// <summary>The customer has another user id.</summary>
    /// <param name="number">The business phone number.</param>
    /// <param name="customer">The customer with the user id from now on.</param>
    /// <param name="previousUserId">The user id before.</param>
    public static WebhookChange UserIdChanged(EmulatedNumber number, EmulatedCustomer customer, string previousUserId)
    {
        var body = $"User {customer.Name} has another id";
        return Of(number, customer, "system", new JsonObject { ["body"] = body, ["user_id"] = customer.UserId, ["previous_user_id"] = previousUserId, ["type"] = "user_changed_user_id" });
    }
}
