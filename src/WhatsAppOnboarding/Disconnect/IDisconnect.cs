using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>Ends an account's connection, whole or in part. Registered scoped.</summary>
public interface IDisconnect
{
    /// <summary>
    /// Makes numbers inactive at once, then unsubscribes the app where no account needs it, then wipes their tokens. When Meta cannot be
    /// reached the account is disconnected all the same; the step stays open and the next call repeats it.
    /// </summary>
    Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// For a host that deletes an account: disconnects it, then removes every row of it, even when Meta cannot be told.
    /// Call it before the host's own account row goes.
    /// </summary>
    Task<DisconnectResult> EraseAccountAsync(AccountId account, CancellationToken cancellationToken = default);
}

/// <summary>Which numbers to disconnect; nothing given means all.</summary>
/// <param name="PhoneNumberId">Only this number.</param>
/// <param name="WabaId">Only the numbers of this WABA.</param>
public sealed record DisconnectScope(PhoneNumberId? PhoneNumberId = null, WabaId? WabaId = null)
{
    internal bool Covers(PhoneNumber number) =>
        (PhoneNumberId is not { } id || number.PhoneNumberId == id) && (WabaId is not { } waba || number.WabaId == waba);
}

/// <summary>What a disconnect did.</summary>
/// <param name="Disconnected">The numbers that became inactive by this call.</param>
/// <param name="Open">The WABAs that the app could not be unsubscribed from, each with the stable code of why.</param>
public sealed record DisconnectResult(IReadOnlyList<PhoneNumberId> Disconnected, IReadOnlyDictionary<WabaId, string> Open);
