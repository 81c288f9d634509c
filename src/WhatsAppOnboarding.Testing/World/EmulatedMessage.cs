using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>One message between a business phone number and a customer.</summary>
public sealed record EmulatedMessage
{
    /// <summary>The <c>wamid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The business phone number.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>True: sent through the API. False: written by the customer.</summary>
    public required bool FromBusiness { get; init; }

    /// <summary>The customer's number, digits; empty when it is not known, as for people with a username.</summary>
    public required string Customer { get; init; }

    /// <summary>The customer's profile name; null for messages of the business.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>Meta's message type, for example <c>text</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// What there is to read: the text, a template's name, a caption or file name, an emoji, the name of a place or contact; empty when there is
    /// nothing.
    /// </summary>
    public required string Body { get; init; }

    /// <summary>When it was sent, by the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The customer's business-scoped user id.</summary>
    public string CustomerUserId { get; init; } = "";

    /// <summary>The customer's username, as a message of the customer tells it.</summary>
    /// <value>Null: none, or a message of the business.</value>
    public string? CustomerUsername { get; init; }

    /// <summary>What the type holds, as it was sent: for an image the object <c>image</c>.</summary>
    /// <value>Null: nothing.</value>
    public JsonNode? Content { get; init; }

    /// <summary>The <c>wamid</c> of the message that it answers.</summary>
    /// <value>Null: it answers none.</value>
    public string? ReplyTo { get; init; }

    /// <summary>The code of its <c>failed</c> status.</summary>
    /// <value>Null: it did not fail.</value>
    public int? FailureCode { get; init; }

    /// <summary>When it was read: a customer's message by the business, a message of the business by the customer (<see cref="Happenings.ReadMessagesAsync"/>).</summary>
    /// <value>Null: not yet.</value>
    public DateTimeOffset? ReadAt { get; internal set; }

    /// <summary>When the business last showed, in answer to this message, that it is typing.</summary>
    /// <value>Null: never.</value>
    public DateTimeOffset? TypingAt { get; internal set; }

    /// <summary>Whether its customer service window was closed before its 24 hours were over.</summary>
    internal bool IsWindowClosed { get; set; }
}
