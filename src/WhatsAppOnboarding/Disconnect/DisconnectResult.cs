using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Which numbers to disconnect: all, unless a number or a WABA is named; and what is done at Meta besides.</summary>
/// <remarks>
/// What the customer granted is not taken back: Meta documents no call for that. The token is wiped here, and the customer removes the app in the settings of the business
/// portfolio or, of a personal grant, of their Facebook account. That removal is followed when Meta reports it.
/// </remarks>
public sealed record DisconnectScope
{
    /// <summary>Only this number.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>Only the numbers of this WABA.</summary>
    public WabaId? WabaId { get; init; }

    /// <summary>
    /// Whether the numbers that this call disconnects are also deregistered at Meta, so that they are free for other uses. Default: no. Never done for a number that is in
    /// use in the WhatsApp Business app, or that another account holds; counted with the ten registrations that Meta takes of a number in 72 hours; and once begun never
    /// repeated. The PIN stays the number's.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public bool Deregister { get; init; }

    internal bool Covers(PhoneNumber number) =>
        (PhoneNumberId is not { } id || number.PhoneNumberId == id) && (WabaId is not { } waba || number.WabaId == waba);
}

/// <summary>What a disconnect did, and what is still to be done: the status of the numbers shows the same later.</summary>
public sealed record DisconnectResult
{
    /// <summary>The numbers that became inactive by this call.</summary>
    public required IReadOnlyList<PhoneNumberId> Disconnected { get; init; }

    /// <summary>The WABAs that the app left, or need not leave, because another number of theirs is held.</summary>
    public IReadOnlyList<WabaId> Unsubscribed { get; init; } = [];

    /// <summary>The WABAs that the app could not be unsubscribed from, each with the stable code of why.</summary>
    public required IReadOnlyDictionary<WabaId, string> Open { get; init; }

    /// <summary>The numbers that are not registered any more, where that was asked for.</summary>
    public IReadOnlyList<PhoneNumberId> Deregistered { get; init; } = [];

    /// <summary>
    /// The numbers that were to be deregistered, by this call or an earlier one, and are not, or nobody knows: each with the stable code of why. Only <c>pending</c> is done by itself.
    /// </summary>
    public IReadOnlyDictionary<PhoneNumberId, string> NotDeregistered { get; init; } = new Dictionary<PhoneNumberId, string>();

    /// <summary>When what is open is tried again by itself; null when nothing is.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The numbers that still keep a token, for what is open and for seven days at most. Those of all others are wiped.</summary>
    public IReadOnlyList<PhoneNumberId> TokenKept { get; init; } = [];

    /// <summary>
    /// The numbers of which a PIN is kept: it outlives a disconnect, and is read by <see cref="IWhatsAppSetup.ReadPinAsync"/>. An erase removes it, and names those
    /// whose PIN it removed: before an erase, disconnect and have these PINs read.
    /// </summary>
    public IReadOnlyList<PhoneNumberId> PinStored { get; init; } = [];
}
