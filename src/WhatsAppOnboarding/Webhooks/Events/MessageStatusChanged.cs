using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// How far a message of the business has come (field <c>messages</c>). Not in order: a late <c>sent</c> may follow <c>read</c>. A message to a group has
/// one for each member. Under the field <c>standby</c>: of a message of another responder.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status</remarks>
public sealed record MessageStatusChanged : EventContent
{
    /// <summary>Meta's id of the message, as the send answered it.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>sent</c>, <c>delivered</c>, <c>read</c>, <c>played</c>, <c>failed</c>, or what Meta adds later.</summary>
    public string? Status { get; init; }

    /// <summary>The customer's telephone number, digits; null for a message to a group.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The customer's id in the portfolio.</summary>
    public string? RecipientUserId { get; init; }

    /// <summary>The customer's id in the portfolios that are linked to that one.</summary>
    public string? RecipientParentUserId { get; init; }

    /// <summary>The group that the message went to; null when it went to one customer.</summary>
    public string? GroupId { get; init; }

    /// <summary>The telephone number of the group's member that it is about, digits.</summary>
    public string? ParticipantId { get; init; }

    /// <summary>The id in the portfolio of the group's member that it is about.</summary>
    public string? ParticipantUserId { get; init; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The customer's username.</summary>
    public string? Username { get; init; }

    /// <summary>A hash of the customer's identity, another one when they have a new phone; only where identity checks are on.</summary>
    public string? IdentityKeyHash { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the sender gave along (<c>biz_opaque_callback_data</c>).</summary>
    public string? CallbackData { get; init; }

    /// <summary>Why it failed; else empty.</summary>
    public IReadOnlyList<MessageError> Errors { get; init; } = [];

    internal static MessageStatusChanged Read(WireContacts contacts, JsonElement status)
    {
        var recipient = status.Text("recipient_id"u8);
        var (member, memberId) = (status.Text("recipient_participant_id"u8), status.Text("recipient_participant_user_id"u8));
        var isGroup = status.Text("recipient_type"u8) is "group" || (member ?? memberId) is not null;
        var who = new WirePerson(
            isGroup ? member : recipient, isGroup ? memberId : status.Text("recipient_user_id"u8),
            status.Text("parent_recipient_user_id"u8) ?? status.Text("recipient_parent_user_id"u8));
        var contact = contacts.Of(who);
        return new MessageStatusChanged
        {
            MessageId = status.Text("id"u8),
            Status = status.Text("status"u8),
            RecipientId = isGroup ? null : recipient ?? contact.Text("wa_id"u8),
            RecipientUserId = status.Text("recipient_user_id"u8) ?? (isGroup ? null : contact.Text("user_id"u8)),
            RecipientParentUserId = who.ParentUserId ?? (isGroup ? null : contact.Text("parent_user_id"u8)),
            GroupId = isGroup ? recipient : null,
            ParticipantId = member ?? (isGroup ? contact.Text("wa_id"u8) : null),
            ParticipantUserId = memberId ?? (isGroup ? contact.Text("user_id"u8) : null),
            ProfileName = contact.Child("profile"u8).Text("name"u8),
            Username = contact.Child("profile"u8).Text("username"u8),
            IdentityKeyHash = status.Text("recipient_identity_key_hash"u8),
            At = status.Time("timestamp"u8),
            CallbackData = status.Text("biz_opaque_callback_data"u8),
            Errors = MessageError.ReadAll(status),
        };
    }
}

/// <summary>
/// What Meta says went wrong: with a message, as one of its errors; or, as the content of an event by itself, with something else that concerns the number
/// (field <c>messages</c>, <c>errors</c> of its value).
/// </summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/errors</remarks>
public sealed record MessageError : EventContent
{
    /// <summary>Meta's error code.</summary>
    public int? Code { get; init; }

    /// <summary>In a few words, for developers.</summary>
    public string? Title { get; init; }

    /// <summary>In a sentence, for developers.</summary>
    public string? Message { get; init; }

    /// <summary>More, for developers: <c>error_data.details</c>, or the <c>details</c> that Meta writes beside the code.</summary>
    public string? Details { get; init; }

    internal static MessageError Read(JsonElement error) => new()
    {
        Code = error.Number("code"u8),
        Title = error.Text("title"u8),
        Message = error.Text("message"u8),
        Details = error.Child("error_data"u8).Text("details"u8) ?? error.Text("details"u8),
    };

    /// <summary>Meta writes a list; one that stands there alone counts, too.</summary>
    internal static IReadOnlyList<MessageError> ReadAll(JsonElement parent) => parent.Child("errors"u8) switch
    {
        { ValueKind: JsonValueKind.Array } errors => [.. errors.EnumerateArray().Select(Read)],
        { ValueKind: JsonValueKind.Object } error => [Read(error)],
        _ => [],
    };
}
