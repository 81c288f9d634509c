namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Which items handlers have finished, which failed, and which are parked: so that a delivery that Meta repeats is not handled twice, and that an item
/// which always fails holds nothing up. Optional: registered scoped by a store package, and without one nothing is remembered.
/// </summary>
/// <remarks>
/// The library resolves it for every call in a new scope of its own, but for <see cref="FinishAsync"/>, which it calls in the scope of the handler: that
/// one saves what the handler staged. All nodes of a host must share it. An outage is an exception; no verb swallows one.
/// </remarks>
public interface IWebhookLedger
{
    /// <summary>What is known of these items, by their keys, for any account; nothing for an item that is new.</summary>
    Task<IReadOnlyList<LedgerRecord>> FindAsync(IReadOnlyCollection<string> itemKeys, CancellationToken cancellationToken = default);

    /// <summary>
    /// Commits in one save that a handler has finished an item, and whatever it staged: called in the handler's own scope.
    /// When another had recorded that before, nothing of this is committed. Returns what is stored now, in which the handler has finished either way;
    /// throws when it has not.
    /// </summary>
    /// <param name="known">What was found before the handler ran, or the answer to the finish before; <see cref="LedgerRecord.New"/> for an item that is new.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="at">When it finished.</param>
    /// <param name="cancellationToken">Stops the save.</param>
    Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts a failure of an item, and parks it when its limits are reached; a failure of a handler that has finished meanwhile counts for nothing.
    /// Returns what is stored now.
    /// </summary>
    Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure, CancellationToken cancellationToken = default);

    /// <summary>Ends the parking of an item; these handlers count as finished from then on, too. False when it was not parked.</summary>
    Task<bool> UnparkAsync(AccountId account, string itemKey, IReadOnlyCollection<string> finished, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What is parked, in order of the first failure; at one time, in some fixed order.</summary>
    /// <param name="query">Which; its <see cref="ParkedQuery.ReasonBeginning"/> is what a reason begins with.</param>
    /// <param name="after">Only what comes after this one in the order, whether or not it is parked any more; null for the first ones.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery query, LedgerRecord? after, int max, CancellationToken cancellationToken = default);

    /// <summary>What is parked, by reason and handler: the largest group first.</summary>
    Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery query, CancellationToken cancellationToken = default);

    /// <summary>Accounts of which something of the query is parked, each once, in some fixed order; some at a time.</summary>
    /// <param name="query">Which items.</param>
    /// <param name="after">Only accounts that come after this one in the order; null for the first ones.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AccountId>> FindParkedAccountsAsync(ParkedQuery query, AccountId? after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a parked item for a replay (<see cref="LedgerRecord.WithTaken"/>), over the version that was read and no other. Of several who ask at once it is given to one;
    /// null for the others, and when it was written since.
    /// </summary>
    Task<LedgerRecord?> TakeParkedAsync(LedgerRecord parked, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>All that is known of an account's items, in some fixed order.</summary>
    /// <param name="account">The account.</param>
    /// <param name="after">Only items that come after this one in the order; null for the first ones.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId account, string? after, int max, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes what is not parked and was touched last before the one time, and what was parked before the other, however often it was tried since; some
    /// hundreds at once. Returns how many; 0 when nothing is left to remove.
    /// </summary>
    Task<int> PruneAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedBefore, CancellationToken cancellationToken = default);

    /// <summary>Removes everything of the account.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}

/// <summary>That a handler failed on an item, and when that is enough.</summary>
public sealed record LedgerFailure
{
    /// <summary>Which handler.</summary>
    public required string Handler { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A delivery with this item alone, to be kept if it is parked.</summary>
    public required string Payload { get; init; }

    /// <summary>After how many failures it is parked.</summary>
    public required int ParkAfterFailures { get; init; }

    /// <summary>How long after the first failure it is parked.</summary>
    public required TimeSpan ParkAfter { get; init; }

    /// <summary>The handler; never what was sent.</summary>
    public override string ToString() => $"failure of {Handler}";
}
