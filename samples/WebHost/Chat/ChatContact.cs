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

    /// <summary>Set while the customer has a new number and Meta has not said whether the user id is new as well.</summary>
    public bool HasMoved { get; set; }

    /// <summary>The group; null for a customer.</summary>
    public string? GroupId { get; init; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? Name { get; set; }

    public string? Username { get; set; }

    /// <summary>Whether Meta knows the two as different customers, whatever number they have or had: numbers are given to somebody else.</summary>
    public bool IsAnother(ChatContact other) => UserId is { } own && other?.UserId is { } theirs && own != theirs;

    /// <summary>An answer in a group would go to one of its members alone, so none is offered.</summary>
    public bool CanReply => GroupId is null && (Phone is not null || UserId is not null);

    /// <summary>A telephone number with a plus, else the username, or words where the customer hides both.</summary>
    public string Text => this switch
    {
        { GroupId: not null } => "Group",
        { Phone: { } phone } => "+" + phone,
        { Username: { } username } => username.StartsWith('@') ? username : "@" + username,
        _ => "Hidden number",
    };
}

/// <summary>Whom a message is from or to, as far as Meta says. All of it is somebody else's text. A typed number gives way to Meta's spelling of it.</summary>
public sealed record Person(string? Phone, string? UserId, string? GroupId = null, string? Name = null, string? Username = null, bool IsTyped = false)
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
