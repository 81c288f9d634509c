using Microsoft.Extensions.Localization;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>
/// One customer, or one group, of one number of an account: a thread of the chat. What Meta names a customer by changes: a telephone number, a user id or
/// both, and each of them may be another one tomorrow. The key stays.
/// </summary>
public sealed class ChatContact
{
    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>Says nothing of the customer.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The digits of the customer's telephone number, in Meta's spelling; null while it is not known.</summary>
    public string? Phone { get; set; }

    /// <summary>Meta's id of the customer, unique among those who write to the business; null while it is not known.</summary>
    public string? UserId { get; set; }

    /// <summary>The number before <see cref="MovedAt"/>: what was written before that may come after it.</summary>
    public string? FormerPhone { get; set; }

    /// <summary>When the customer got the number of now, by Meta's clock; null when nobody said that it had changed.</summary>
    public DateTimeOffset? MovedAt { get; set; }

    /// <summary>Set while the customer has a new number and Meta has not said whether the user id is new as well.</summary>
    public bool HasMoved { get; set; }

    /// <summary>The group; null for a customer.</summary>
    public string? GroupId { get; init; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? Name { get; set; }

    public string? Username { get; set; }

    /// <summary>The <see cref="ChatMessage.Place"/> of the newest message: the order of the list.</summary>
    public long LastPlace { get; set; }

    /// <summary>The place of the newest message of the customer; 0 when they never wrote.</summary>
    public long HeardPlace { get; set; }

    /// <summary>Up to which place the business has read.</summary>
    public long ReadPlace { get; set; }

    /// <summary>When the customer wrote last, by Meta's clock: the beginning of the time in which they can be answered freely.</summary>
    public DateTimeOffset? HeardAt { get; set; }

    /// <summary>Whom an answer goes to: the number where it is known, else the user id; null where neither can be written to.</summary>
    public MessageRecipient? Recipient()
    {
        try
        {
            return this switch
            {
                { CanReply: false } => null,
                { Phone: { } phone } => MessageRecipient.Phone(phone),
                _ => MessageRecipient.User(UserId!),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Takes note of a message.</summary>
    public void Note(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        LastPlace = Math.Max(LastPlace, message.Place);
        if (message.Incoming && !message.IsLine)
            Hear(message.Place, message.At);
    }

    /// <summary>The customer wrote, or did what counts as writing.</summary>
    public void Hear(long place, DateTimeOffset at)
    {
        HeardPlace = Math.Max(HeardPlace, place);
        HeardAt = HeardAt > at ? HeardAt : at;
    }

    /// <summary>Until when the customer can be answered freely, as far as is known here; null when they never wrote.</summary>
    public DateTimeOffset? AnswerableUntil => HeardAt + Window;

    /// <summary>Meta's customer service window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Whether somebody is named as this customer was named before.</summary>
    public bool WasNamed(Person person) => person?.Phone is { } phone && phone == FormerPhone && person.At < MovedAt;

    /// <summary>Takes over what is new; of what comes late, no number that is over.</summary>
    public void Learn(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (WasNamed(person))
            return;
        (Phone, UserId) = (person.FillsIn ? Phone ?? person.Phone : person.Phone ?? Phone, person.UserId ?? UserId);
        HasMoved &= person.UserId is null || person.Phone is null;
        (Name, Username) = (person.NameText ?? Name, person.UsernameText ?? Username);
    }

    /// <summary>Whether Meta knows the two as different customers, whatever number they have or had: numbers are given to somebody else.</summary>
    public bool IsAnother(ChatContact other) => UserId is { } own && other?.UserId is { } theirs && own != theirs;

    /// <summary>Whether both have a number, and not the same.</summary>
    public bool HasAnotherNumber(ChatContact other) => Phone is { } own && other?.Phone is { } theirs && !MessageRecipient.IsSamePhone(own, theirs);

    /// <summary>An answer in a group would go to one of its members alone, so none is offered.</summary>
    public bool CanReply => GroupId is null && (Phone is not null || UserId is not null);

    /// <summary>A telephone number with a plus, else the username, or words where the customer hides both.</summary>
    public string TextIn(IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return this switch
        {
            { GroupId: not null } => words["Group"],
            { Phone: { } phone } => "+" + phone,
            { Username: { } username } => username.StartsWith('@') ? username : "@" + username,
            _ => words["Hidden number"],
        };
    }
}

/// <summary>Whom a message is from or to, as far as Meta says. All of it is somebody else's text. A number that is only filled in gives way to the one that is known.</summary>
/// <param name="Phone">The digits of the telephone number.</param>
/// <param name="UserId">Meta's id of the customer.</param>
/// <param name="GroupId">The group in which it was written.</param>
/// <param name="Name">The customer's own name.</param>
/// <param name="Username">The customer's username.</param>
/// <param name="FillsIn">Whether the number was typed, or reported of a message that went to it: Meta's newest spelling is the customer's own.</param>
/// <param name="At">When the customer was named so; null for now.</param>
public sealed record Person(
    string? Phone, string? UserId, string? GroupId = null, string? Name = null, string? Username = null, bool FillsIn = false, DateTimeOffset? At = null)
{
    private const int MaxLength = 200;

    /// <summary>Whether a thread can be told by it.</summary>
    public bool IsKnown => (GroupId ?? UserId ?? Phone) is not null && new[] { GroupId, UserId, Phone }.All(id => id is null or { Length: <= MaxLength });

    public string? NameText => Short(Name);

    public string? UsernameText => Short(Username);

    /// <summary>Without what PostgreSQL refuses: this one character, and half of another.</summary>
    private static string? Short(string? text)
    {
        var plain = text?.Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";
        if (plain.Length > MaxLength)
            plain = plain[..(char.IsHighSurrogate(plain[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        return plain.Length is 0 ? null : plain;
    }
}
