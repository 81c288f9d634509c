namespace WhatsAppOnboarding.Stores;

/// <summary>The authority: where the numbers of all accounts are kept. Registered scoped.</summary>
/// <remarks>
/// The library resolves it for every call in a new scope of its own, never in one of the host's requests: a store may take a database context
/// by its constructor and opens no scope. Whoever writes another store lets it pass the contract check of the WhatsAppOnboarding.Testing package.
/// An outage is an exception; no verb swallows one.
/// </remarks>
public interface IPhoneNumberStore
{
    /// <summary>Everything of one account, at one version. An account that was never written is <see cref="AccountPhoneNumbers.None"/>.</summary>
    Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>
    /// One number of an account as <see cref="ReadAsync"/> would find it, held or not and with its token; null when the account has none of this id. It is read before every
    /// message that a host sends, so a store does well to read this one alone; by itself it reads the account.
    /// </summary>
    async Task<PhoneNumber?> FindAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken = default) =>
        (await ReadAsync(account, cancellationToken).ConfigureAwait(false)).Find(number);

    /// <summary>The held numbers that a query names, of every account, each once, without their tokens and PINs.</summary>
    Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes accounts whose <see cref="AccountWabaReference.DueAt"/> is at that time or before: it becomes <paramref name="until"/>, by which the taker must have ended, so
    /// that nobody else takes them before. Of several who ask at once each account is given to one. Writes nothing else, so that it also works for accounts that
    /// cannot be written; the next write derives the time anew.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="until">When the accounts that were taken are due again, if nobody writes them.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken = default);

    /// <summary>Sets when an account is due next, without anything else: for one that cannot be looked after now. Nothing happens to one that is not there.</summary>
    Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>
    /// After a restore of a backup: marks every number that keeps a token and was last connected at that time or before (<see cref="PhoneNumber.UnprovedSince"/> becomes
    /// <paramref name="at"/>), makes their accounts due then, and raises the versions of these, so that who writes one at the same time begins again. Nothing is staged and
    /// nobody is told. May be repeated.
    /// </summary>
    /// <returns>How many numbers that is.</returns>
    Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>How many held numbers are marked so, without those that Meta has refused to show since.</summary>
    Task<int> CountUnprovedAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The one write point. Reads the account, lets <paramref name="change"/> say which numbers are new or different, and saves them,
    /// the derived reference, the events that follow (<see cref="AccountPhoneNumbers.Events"/>, where the <see cref="IAccountEventStore"/> finds them) and the staged copies of
    /// every <see cref="IAccountWabaReferenceSync"/> of the same scope in one commit, or nothing.
    /// </summary>
    /// <param name="account">The account to write.</param>
    /// <param name="change">
    /// Pure, and run again from the newest state whenever another writer of the account came first or the fate of a commit is not known;
    /// so it must recognise its own work when it sees it. No numbers returned, a true reference and nothing in <paramref name="also"/>: nothing is written.
    /// </param>
    /// <param name="also">What the host is to be told besides; an event that is kept already, by its id, is not kept twice.</param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    Task<PhoneNumberWrite> WriteAsync(
        AccountId account,
        Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change,
        IReadOnlyList<AccountEvent>? also = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// The names of the changes of its tables (migrations) that the store's database still lacks, for an operator; none when it has all, and by default. Only reads.
    /// </summary>
    Task<IReadOnlyList<string>> ListPendingMigrationsAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Removes every row of the account, its events too. Nothing is staged for the host: its own row goes, or is gone.</summary>
    Task EraseAsync(AccountId account, CancellationToken cancellationToken = default);
}

/// <summary>What became of a write: saved whole, or refused whole because another account holds a number.</summary>
public sealed record PhoneNumberWrite
{
    /// <summary>The account as it was when the change was applied for the last time.</summary>
    public required AccountPhoneNumbers Before { get; init; }

    /// <summary>The account as it is now; <see cref="Before"/> when nothing was written.</summary>
    public required AccountPhoneNumbers After { get; init; }

    /// <summary>With <c>SharedNumbers = Refuse</c>: the numbers that another account holds, and nothing was saved.</summary>
    /// <value>Empty: the write was not refused.</value>
    public IReadOnlyList<PhoneNumberId> HeldElsewhere { get; init; } = [];

    /// <summary>False when the write was refused.</summary>
    public bool Saved => HeldElsewhere.Count == 0;
}

/// <summary>Which held numbers are looked for: those that one of these lists names. Nothing is found for a query that names nothing.</summary>
public sealed record HeldNumbersQuery
{
    /// <summary>Numbers with one of these ids. May be some thousands.</summary>
    public IReadOnlyCollection<PhoneNumberId> Numbers { get; init; } = [];

    /// <summary>Numbers of one of these WABAs.</summary>
    public IReadOnlyCollection<WabaId> Wabas { get; init; } = [];

    /// <summary>Numbers whose token one of these Facebook users granted (<see cref="PhoneNumber.GrantedBy"/>).</summary>
    public IReadOnlyCollection<string> Grantors { get; init; } = [];

    /// <summary>Whether a number is held and named, for stores that ask no database.</summary>
    public bool Matches(PhoneNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.IsHeld
            && (Numbers.Contains(number.PhoneNumberId) || Wabas.Contains(number.WabaId) || (number.GrantedBy is { } grantor && Grantors.Contains(grantor)));
    }
}

/// <summary>An account event and what became of it.</summary>
public sealed record StoredEvent
{
    /// <summary>The event.</summary>
    public required AccountEvent Event { get; init; }

    /// <summary>Its place in the order of its account's events; gaps mean nothing.</summary>
    public required long Place { get; init; }

    /// <summary>When it is to be tried next; null once all handlers have finished it, while it is parked, and once it was given up.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The handlers that have finished it, by name.</summary>
    public IReadOnlyList<string> Finished { get; init; } = [];

    /// <summary>How often it failed.</summary>
    public int Failures { get; init; }

    /// <summary>Why it failed last: the handler, and the exception's type and text, at most 1,000 characters; null when it never did.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it is parked; null when it is not.</summary>
    public DateTimeOffset? ParkedAt { get; init; }

    /// <summary>How many events of one write have places of their own.</summary>
    private const int PlacesOfWrite = 1_000;

    /// <summary>The events of a write as a store keeps them: to be tried at once.</summary>
    public static IReadOnlyList<StoredEvent> Of(AccountPhoneNumbers written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return
        [
            .. written.Events.Select((one, index) => new StoredEvent
            {
                Event = one,
                Place = (written.Reference.Version * PlacesOfWrite) + Math.Min(index, PlacesOfWrite - 1),
                NextAt = one.At,
            }),
        ];
    }
}
