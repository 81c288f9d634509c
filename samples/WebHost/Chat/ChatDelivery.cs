namespace WebHost.Chat;

/// <summary>
/// How far Meta has brought a message. Apart from the message, because Meta may say "delivered" before the sender has noted
/// the id that Meta gave it.
/// </summary>
public sealed class ChatDelivery
{
    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    public required string WamId { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>Why it failed, as <see cref="Refusals"/> notes it.</summary>
    public string? Problem { get; set; }
}

/// <summary>In the order in which they may follow each other: a late report of less never takes back more.</summary>
public enum DeliveryState
{
    Sent = 1,
    Failed = 2,
    Delivered = 3,
    Read = 4,
}
