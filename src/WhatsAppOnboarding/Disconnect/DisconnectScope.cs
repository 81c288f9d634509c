using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Which numbers to disconnect: all, unless a number or a WABA is named.</summary>
public sealed record DisconnectScope
{
    /// <summary>Only this number.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>Only the numbers of this WABA.</summary>
    public WabaId? WabaId { get; init; }

    internal bool Covers(PhoneNumber number) =>
        (PhoneNumberId is not { } id || number.PhoneNumberId == id) && (WabaId is not { } waba || number.WabaId == waba);
}

/// <summary>What a disconnect did.</summary>
public sealed record DisconnectResult
{
    /// <summary>The numbers that became inactive by this call.</summary>
    public required IReadOnlyList<PhoneNumberId> Disconnected { get; init; }

    /// <summary>The WABAs that the app could not be unsubscribed from, each with the stable code of why.</summary>
    public required IReadOnlyDictionary<WabaId, string> Open { get; init; }
}
