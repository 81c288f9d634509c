namespace WhatsAppOnboarding.Stores;

/// <summary>
/// The authority: where the numbers of all accounts are kept. Registered scoped; may be resolved in any scope.
/// </summary>
/// <remarks>
/// Whoever writes another store lets it pass the contract check of the WhatsAppOnboarding.Testing package.
/// An outage is an exception; no verb swallows one.
/// </remarks>
public interface IPhoneNumberStore
{
    /// <summary>Everything of one account, at one version. An account that was never written is <see cref="AccountPhoneNumbers.None"/>.</summary>
    Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>The held numbers with these ids, of every account, without their tokens and PINs.</summary>
    Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken = default);

    /// <summary>The held numbers of these WABAs, of every account, without their tokens and PINs.</summary>
    Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken = default);

    /// <summary>The held numbers whose token one of these Facebook users granted (<see cref="PhoneNumber.GrantedBy"/>), of every account, without their tokens and PINs.</summary>
    Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken = default);

    /// <summary>Accounts with a token that is kept beyond its time (<see cref="PhoneNumber.IsOverdue"/>); a hundred at most.</summary>
    Task<IReadOnlyList<AccountId>> FindOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>
    /// Accounts with a number that is <see cref="NumberState.Paused"/>, in some fixed order, a hundred at most: those that come after
    /// <paramref name="after"/>, or the first ones when that is null.
    /// </summary>
    Task<IReadOnlyList<AccountId>> FindPausedAsync(AccountId? after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Accounts that hold a number which another account holds, too, and whose <see cref="NumberEvidence.ListedAt"/> and <see cref="NumberEvidence.RefusedAt"/>
    /// are both older than <paramref name="answeredBefore"/> or null; in some fixed order, a hundred at most: those that come after
    /// <paramref name="after"/>, or the first ones when that is null.
    /// </summary>
    Task<IReadOnlyList<AccountId>> FindSharedAsync(DateTimeOffset answeredBefore, AccountId? after, CancellationToken cancellationToken = default);

    /// <summary>
    /// The one write point. Reads the account, lets <paramref name="change"/> say which numbers are new or different, and saves them,
    /// the derived reference and the staged copies of every <see cref="IAccountWabaReferenceSync"/> in one commit, or nothing.
    /// </summary>
    /// <param name="account">The account to write.</param>
    /// <param name="change">
    /// Pure, and run again from the newest state whenever another writer of the account came first or the fate of a commit is not known;
    /// so it must recognise its own work when it sees it. No numbers returned and a true reference: nothing is written.
    /// </param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    Task<PhoneNumberWrite> WriteAsync(AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken = default);

    /// <summary>Removes every row of the account. Nothing is staged for the host: its own row goes, or is gone.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}
