using System.Text.RegularExpressions;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Graph;

/// <summary>Whom a message goes to. Its text never shows who that is.</summary>
public sealed partial class MessageRecipient
{
    private MessageRecipient(string member, string value) => (Member, Value) = (member, value);

    /// <summary>Meta's name for it: Meta loses a message that has a user id in place of a number.</summary>
    internal string Member { get; }

    internal string Value { get; }

    /// <summary>A telephone number with its country code; spaces, hyphens, brackets and a plus sign may be in it.</summary>
    public static MessageRecipient Phone(string number) => number is not null && PhoneRule().IsMatch(number)
        ? new("to", number)
        : throw new ArgumentException("A telephone number has digits with its country code, and at most spaces, hyphens, dots, brackets and a plus sign between them.", nameof(number));

    /// <summary>The business-scoped user id of a person (<c>user_id</c> in webhooks), such as <c>US.13491208655302741918</c>, whose number may be unknown.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids</remarks>
    public static MessageRecipient User(string userId) => userId is not null && UserRule().IsMatch(userId)
        ? new("recipient", userId)
        : throw new ArgumentException("A business-scoped user id has a country, a dot and up to 128 letters and digits.", nameof(userId));

    /// <summary>
    /// A telephone number as a person writes it, as its digits with the country code; null when it is no number or names no country. Spaces, dots, brackets, <c>00</c>,
    /// <c>011</c> or <c>0011</c> for <c>+</c>, a trunk zero behind the country code, digits of other scripts and an extension make no difference.
    /// </summary>
    public static string? ReadPhone(string? written) => TelephoneNumber.Digits(written);

    /// <summary>
    /// Whether two writings are one telephone number, as <see cref="ReadPhone"/> reads them; older and newer forms of it count as well, such as Brazil's without the ninth
    /// digit, which WhatsApp goes on showing. A first one without <c>+</c> is read both with its country in front and as it is dialled in the second's country.
    /// </summary>
    public static bool IsSamePhone(string? written, string? shown) => TelephoneNumber.Same(written, shown);

    /// <summary>Always <c>[recipient]</c>.</summary>
    public override string ToString() => "[recipient]";

    [GeneratedRegex(@"\A\+?[0-9 ().-]{0,30}[0-9][0-9 ().-]{0,30}\z")]
    private static partial Regex PhoneRule();

    [GeneratedRegex(@"\A[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}\z")]
    private static partial Regex UserRule();
}

/// <summary>A message that Meta has accepted.</summary>
public sealed record SentMessage
{
    /// <summary>The message's id, by which webhooks say what became of it.</summary>
    public required string Id { get; init; }

    /// <summary>The recipient's WhatsApp id, or null when Meta did not say.</summary>
    public string? WaId { get; init; }

    /// <summary>The recipient's business-scoped user id, or null when Meta did not say.</summary>
    public string? UserId { get; init; }

    /// <summary>Of a template, in Meta's word: <c>accepted</c>, <c>held_for_quality_assessment</c> or <c>paused</c>; else null.</summary>
    public string? Status { get; init; }
}

/// <summary>An accepted message as Meta writes it.</summary>
internal sealed record WireSent(WireSent.Message?[] Messages, WireSent.Contact?[]? Contacts = null)
{
    public static SentMessage? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireSent) is { Messages: [{ } message, ..], Contacts: var contacts }
            ? new() { Id = message.Id, Status = message.MessageStatus, WaId = Given(contacts?.FirstOrDefault()?.WaId), UserId = Given(contacts?.FirstOrDefault()?.UserId) }
            : null;

    /// <summary>Meta writes an empty text where it has nothing to say.</summary>
    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    internal sealed record Message(string Id, string? MessageStatus = null);

    internal sealed record Contact(string? WaId = null, string? UserId = null);
}
