using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// The authority as the library uses it: every verb of the store runs in a scope of its own, and what this process wrote is counted, also when the fate of
/// a commit is not known. Writers of one account take turns in this process, so that they meet only those of other nodes and none loses for ever.
/// </summary>
internal sealed class NumberAuthority(IServiceScopeFactory scopes)
{
    private readonly Dictionary<AccountId, Turns> _turns = [];
    private long _writes;

    /// <summary>How many writes this process made. What was read before this changed may be outdated, and what is remembered of it must be forgotten.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.ReadAsync(account, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Numbers = numbers }, cancellationToken);

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Wabas = wabas }, cancellationToken);

    /// <summary>By who granted them: the hashes of <see cref="PhoneNumber.GrantedBy"/>.</summary>
    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Grantors = hashes }, cancellationToken);

    public Task<IReadOnlyList<AccountId>> FindOverdueAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken = default) =>
        FindAccountsAsync(AccountsWith.OverdueToken, now, after, cancellationToken);

    public Task<IReadOnlyList<AccountId>> FindPausedAsync(AccountId? after, CancellationToken cancellationToken = default) =>
        FindAccountsAsync(AccountsWith.PausedNumber, default, after, cancellationToken);

    public Task<IReadOnlyList<AccountId>> FindSharedAsync(DateTimeOffset answeredBefore, AccountId? after, CancellationToken cancellationToken = default) =>
        FindAccountsAsync(AccountsWith.UnansweredSharedNumber, answeredBefore, after, cancellationToken);

    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken = default)
    {
        var turns = Join(account);
        try
        {
            await turns.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Leave(account, turns);
            throw;
        }

        try
        {
            return await scopes.UseAsync((IPhoneNumberStore store) => store.WriteAsync(account, change, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Increment(ref _writes);
            turns.Gate.Release();
            Leave(account, turns);
        }
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        try
        {
            await scopes.UseAsync((IPhoneNumberStore store) => store.EraseAsync(account, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Increment(ref _writes);
        }
    }

    /// <summary>The host's copies of the reference, by who keeps them: each list holds one entry for each row that the account has there.</summary>
    public Task<IReadOnlyList<IReadOnlyList<WabaId?>>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken = default) =>
        scopes.UseAsync<IEnumerable<IAccountWabaReferenceSync>, IReadOnlyList<IReadOnlyList<WabaId?>>>(async syncs =>
        {
            var copies = new List<IReadOnlyList<WabaId?>>();
            foreach (var sync in syncs)
                copies.Add(await sync.ReadCopiesAsync(account, cancellationToken).ConfigureAwait(false));
            return copies;
        });

    private Turns Join(AccountId account)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(account, out var turns))
                _turns[account] = turns = new Turns();
            turns.Writers++;
            return turns;
        }
    }

    private void Leave(AccountId account, Turns turns)
    {
        lock (_turns)
        {
            if (--turns.Writers == 0)
                _turns.Remove(account);
        }
    }

    private Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.FindHeldAsync(query, cancellationToken));

    private Task<IReadOnlyList<AccountId>> FindAccountsAsync(AccountsWith with, DateTimeOffset at, AccountId? after, CancellationToken cancellationToken) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.FindAccountsAsync(with, at, after, cancellationToken));

    /// <summary>The writers of one account; gone with the last of them, and nobody waits on the gate by its handle, so there is nothing to dispose of.</summary>
    private sealed class Turns
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Writers { get; set; }
    }
}
