namespace WhatsAppOnboarding.Stores;

/// <summary>
/// The outbox of account events: <see cref="IPhoneNumberStore.WriteAsync"/> puts them there in the commit of what they report, <see cref="IPhoneNumberStore.EraseAsync"/>
/// removes them with their account, and this hands them out. Registered
/// scoped; the library resolves it for every call in a new scope of its own.
/// </summary>
/// <remarks>All nodes of a host must share it. An outage is an exception; no verb swallows one.</remarks>
public interface IAccountEventStore
{
    /// <summary>
    /// Accounts whose oldest event that is neither handled nor parked is to be tried at that time or before, each once, in some fixed order, a hundred at most.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="after">Only accounts that come after this one in the store's order; null for the first ones.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes the account's oldest event that is neither handled nor parked, if it is to be tried at <paramref name="now"/> or before: its
    /// <see cref="StoredEvent.NextAt"/> becomes <paramref name="until"/>, so that nobody else has it before. Of several who ask at once one gets it. Null when there is none to try.
    /// </summary>
    Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes what became of an event, all but the event itself, if its stored <see cref="StoredEvent.NextAt"/> is still <paramref name="expected"/>; whether it was.
    /// </summary>
    Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected, CancellationToken cancellationToken = default);

    /// <summary>Events, oldest first.</summary>
    /// <param name="account">Only those of this account, in their order; null for all, by their time.</param>
    /// <param name="since">Only those that happened at this time or later; null for all.</param>
    /// <param name="parked">Whether only parked ones.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken = default);

    /// <summary>Removes events that happened before a time, whatever became of them, some hundreds at once. Returns how many; 0 when none is left.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
