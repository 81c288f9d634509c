namespace WhatsAppOnboarding.Stores;

/// <summary>Where attempts are kept: 30 days. Registered scoped; may be resolved in any scope.</summary>
/// <remarks>All nodes of a host must share it, or a code posted to two nodes would be exchanged twice.</remarks>
public interface IConnectAttemptStore
{
    /// <summary>One insert, unique on the state's hash. Returns what is stored now: this attempt when it was first, else the earlier one.</summary>
    Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken = default);

    /// <summary>Writes the steps so far if the attempt has no outcome yet. Called while other calls of the same scope may run.</summary>
    Task NoteAsync(ConnectAttempt running, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes steps, outcome and what waits for a choice if the attempt has no outcome yet. Returns what is stored now: the first outcome stays.
    /// An attempt that was erased meanwhile stays gone; what was given is returned.
    /// </summary>
    Task<ConnectAttempt> EndAsync(ConnectAttempt ended, CancellationToken cancellationToken = default);

    /// <summary>The attempt with this id, if it is the account's; else null.</summary>
    Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>The account's attempts, newest first, at most so many.</summary>
    Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId account, int max, CancellationToken cancellationToken = default);

    /// <summary>The attempts of all accounts that were claimed at this time or later, newest first; a few hundred at most.</summary>
    Task<IReadOnlyList<ConnectAttempt>> ListSinceAsync(DateTimeOffset claimedSince, CancellationToken cancellationToken = default);

    /// <summary>Wipes what waits for a choice in this attempt, if it is the account's.</summary>
    Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Wipes whatever waited for a choice until this time or an earlier one, in all attempts. Returns how many.</summary>
    Task<int> WipeOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Removes what was claimed before a time, at most a few hundred at once. Returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset claimedBefore, CancellationToken cancellationToken = default);

    /// <summary>Removes every attempt of the account.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}
