namespace WhatsAppOnboarding.Stores;

/// <summary>Where attempts and their starts are kept: 30 days. Registered scoped; the library resolves it for every call in a new scope of its own.</summary>
/// <remarks>All nodes of a host must share it, or a code posted to two nodes would be exchanged twice. An outage is an exception; no verb swallows one.</remarks>
public interface IConnectAttemptStore
{
    /// <summary>One insert, unique on the state's hash. Returns what is stored now: this attempt when it was first, else the earlier one.</summary>
    Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the attempt as it is now, if the stored one has no outcome yet: while it runs the steps so far and what is to be undone; at its end, in one write, also time, outcome,
    /// count and what waits for a choice. Returns what is stored now: the first outcome stays. An attempt that was erased meanwhile stays gone; what was
    /// given is returned.
    /// </summary>
    Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes attempts whose <see cref="ConnectAttempt.UndoAt"/> is at that time or before: it becomes <paramref name="until"/>, so that nobody else takes them before. Of
    /// several who ask at once each attempt is given to one.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="until">When they are to be taken again, if the taker does not end.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken = default);

    /// <summary>Sets when an attempt is to be undone next, whether or not it has ended; null wipes the token, too.</summary>
    Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken = default);

    /// <summary>The attempt with this id, if it is the account's; else null.</summary>
    Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>The newest attempts, newest first.</summary>
    /// <param name="account">Only those of this account; null for all.</param>
    /// <param name="claimedSince">Only those claimed at this time or later; null for all.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken = default);

    /// <summary>Wipes what waits for a choice in this attempt, if it is the account's.</summary>
    Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Wipes whatever waits for a choice until <paramref name="waitedUntil"/> or an earlier time, in all attempts, and removes attempts that were claimed
    /// before <paramref name="claimedBefore"/>, and starts of before then, some hundreds at once. Returns how many it removed; 0 when none is left.
    /// </summary>
    Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken = default);

    /// <summary>Removes every attempt and every start of the account.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>The attempts with these ids, of whatever accounts; in no order.</summary>
    /// <param name="ids">At most some hundreds.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Adds a start.</summary>
    Task StartAsync(StartedAttempt start, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes down that somebody is there: <see cref="StartedAttempt.LastSignAt"/>, <see cref="StartedAttempt.SilentAt"/> and, the first time that the window is open,
    /// <see cref="StartedAttempt.OpenedAt"/>. Nothing where the start is not the account's, or is settled.
    /// </summary>
    Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken = default);

    /// <summary>Writes down how a start ended without an attempt, over what was written before. Returns whether that was news; it is none where the start is not the account's.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">The start.</param>
    /// <param name="outcome">The code of the end.</param>
    /// <param name="silentAt">When it is to be taken again, so that whoever dies before it has told is followed by somebody else; null once it is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt, CancellationToken cancellationToken = default);

    /// <summary>Gives a start another id: a code came after its state had ended, and is handed in with a new one. Nothing where it is not the account's.</summary>
    Task RenewStartAsync(AccountId account, Guid id, Guid renewed, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes starts whose <see cref="StartedAttempt.SilentAt"/> is at that time or before and of which there is no attempt: it becomes <paramref name="until"/>. Of several who
    /// ask at once each start is given to one. A start with an attempt is settled by that, and not given to anybody.
    /// </summary>
    Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken = default);

    /// <summary>Starts, newest first.</summary>
    /// <param name="account">Only those of this account; null for all.</param>
    /// <param name="since">Only those of this time or later.</param>
    /// <param name="skip">How many of the newest to leave out.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken = default);
}
