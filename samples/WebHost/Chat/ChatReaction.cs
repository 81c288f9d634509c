namespace WebHost.Chat;

/// <summary>What somebody made of a message, with one sign. Apart from the message, which may come later.</summary>
public sealed class ChatReaction
{
    public const int MaxEmoji = 64;

    /// <summary>As <see cref="Who"/>.</summary>
    public const string Business = "";

    /// <inheritdoc cref="Business" />
    public const string Customer = "customer";

    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>Meta's id of the message.</summary>
    public required string WamId { get; init; }

    /// <summary>Whose it is: the business's, or the customer's; in a group the member's own id or number.</summary>
    public required string Who { get; init; }

    /// <summary>Null when it was taken back.</summary>
    public string? Emoji { get; set; }

    /// <summary>When, by Meta's clock: what is older never takes back what is newer.</summary>
    public DateTimeOffset At { get; set; }
}
