namespace WhatsAppOnboarding;

/// <summary>Something that happened to an account's numbers and is committed. Raised in this process only, and not again after a crash.</summary>
/// <remarks>The library makes them; a host makes one only to test a handler of its own. Later versions may add members, none of them required.</remarks>
public sealed record AccountEvent
{
    /// <summary>Numbers were connected, or connected again: all numbers of the grant.</summary>
    public const string Connected = "connected";

    /// <summary>Numbers became inactive; <see cref="Reason"/> says why.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>Sending with numbers stopped, because of what Meta said (<see cref="Notice"/>). They are still held, and still receive.</summary>
    public const string Paused = "paused";

    /// <summary>A pause is over; <see cref="Notice"/> is what ended it: what Meta said, or what turned out not to be so.</summary>
    public const string Resumed = "resumed";

    /// <summary>Meta said something of numbers that was noted (<see cref="Notice"/>); what else it changed is an event of its own.</summary>
    public const string Noticed = "noticed";

    /// <summary>A number of the account is held by another account, too. With whom it is shared is never said.</summary>
    public const string NumberShared = "number_shared";

    /// <summary>A person read the PIN that is kept for a number; or is about to, because this is raised first. <see cref="Person"/> is who.</summary>
    public const string PinRead = "pin_read";

    /// <summary>
    /// Somebody must act, or numbers that are still held stay without use: <see cref="Reason"/> says why, <see cref="ErrorCodes.TokenInvalid"/> when Meta refuses the token
    /// and <see cref="ErrorCodes.TokenUnreadable"/> when it cannot be used here any more; the account must connect again. Raised once, until Meta shows the number again.
    /// </summary>
    public const string NeedsAttention = "needs_attention";

    /// <summary>What happened: one of the constants of this type. Later versions may add some, so let a <c>switch</c> have a default.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose numbers.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which numbers; never empty. Exactly one for <see cref="NumberShared"/> and <see cref="PinRead"/>.</summary>
    public required IReadOnlyList<PhoneNumberId> Numbers { get; init; }

    /// <summary>For <see cref="Disconnected"/>: why, such as <c>requested</c> or <c>gone_at_meta</c>; for <see cref="NeedsAttention"/>: one of <see cref="ErrorCodes"/>. Else null.</summary>
    public string? Reason { get; init; }

    /// <summary>For <see cref="Disconnected"/>: who caused it at Meta, if Meta said: <c>USER</c> or <c>SYSTEM</c>. Else null.</summary>
    public string? Initiator { get; init; }

    /// <summary>For <see cref="Paused"/>, <see cref="Resumed"/> and <see cref="Noticed"/>: what Meta said. Else null.</summary>
    public MetaNotice? Notice { get; init; }

    /// <summary>For <see cref="PinRead"/>: who read it, as the host names the person; null when it did not say. Else null.</summary>
    public string? Person { get; init; }
}

/// <summary>Called with what happened to accounts, after the commit. Add with <c>AddAccountEventHandler</c>; each event and handler has a scope of its own.</summary>
public interface IAccountEventHandler
{
    /// <summary>
    /// Handles one event. An exception is logged (1250), changes nothing, and keeps no other handler from the event. One that has not ended after ten seconds is
    /// cancelled, logged (1251) and left behind; hand long work on. Whoever raised the event waits a quarter of a minute at most for all handlers of all events that
    /// belong together, and a delivery no longer than its share of <see cref="WebhookOptions.DeliveryTimeout"/>; what is not handled by then is handled behind.
    /// </summary>
    Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken = default);
}
