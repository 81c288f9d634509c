using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Numbers;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// The authority as the library uses it: every verb of the store runs in a scope of its own, and whoever remembers something hears of every write of this process, also
/// when the fate of a commit is not known. Writers of one account take turns in this process, so that they meet only those of other nodes and none loses for ever.
/// </summary>
internal sealed class NumberAuthority(IServiceScopeFactory scopes, LibraryMetrics metrics)
{
    private readonly Dictionary<AccountId, Turns> _turns = [];

    /// <summary>
    /// After every write of this process: what was read of these numbers, or may come to be of them, is outdated, and what is remembered of it must be forgotten. Null when nobody
    /// knows which were written: then it is all of them.
    /// </summary>
    public event Action<IReadOnlyCollection<PhoneNumber>?>? Written;

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.ReadAsync(account, cancellationToken));

    public Task<PhoneNumber?> FindAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.FindAsync(account, number, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Numbers = numbers }, cancellationToken);

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Wabas = wabas }, cancellationToken);

    /// <summary>By who granted them: the hashes of <see cref="PhoneNumber.GrantedBy"/>.</summary>
    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken = default) =>
        FindHeldAsync(new HeldNumbersQuery { Grantors = hashes }, cancellationToken);

    /// <summary>Takes accounts that something is due for, until a time by which it is done.</summary>
    public Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.TakeDueAsync(now, until, max, cancellationToken));

    public Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IPhoneNumberStore store) => store.PostponeAsync(account, until, cancellationToken));

    /// <summary>Nothing that is kept of numbers until now counts before Meta has proved it. Returns how many these are.</summary>
    public async Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        try
        {
            return await scopes.UseAsync((IPhoneNumberStore store) => store.MarkUnprovedAsync(at, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Written?.Invoke(null);
        }
    }

    public Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken = default) =>
        WriteAsync(account, change, null, cancellationToken);

    /// <summary>As the other, and tells the host something besides.</summary>
    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account,
        Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change,
        IReadOnlyList<AccountEvent>? also,
        CancellationToken cancellationToken = default)
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

        PhoneNumberWrite? write = null;
        try
        {
            write = await scopes.UseAsync((IPhoneNumberStore store) => store.WriteAsync(account, change, also, cancellationToken)).ConfigureAwait(false);
            Measure(write);
            return write;
        }
        finally
        {
            Written?.Invoke(write is null ? null : [.. write.Before.Numbers, .. write.After.Numbers]);
            turns.Gate.Release();
            Leave(account, turns);
        }
    }

    /// <summary>Meta takes the number's token no more, which is of every number that was connected with it: nobody may go on believing in it. What Meta said after it was asked counts more, and it is asked again soon.</summary>
    public Task<PhoneNumberWrite> RefuseAsync(PhoneNumber asked, DateTimeOffset askedAt) => WriteAsync(
        asked.AccountId,
        account => [.. account.Numbers
            .Where(number => number.IsHeld && number.Generation == asked.Generation && !number.Evidence.IsRefused && !number.Evidence.IsAnsweredSince(askedAt))
            .Select(number => number.Answered(false, askedAt).CheckedSoon(askedAt))],
        CancellationToken.None);

    /// <summary>Notes at every holder of these numbers whether others hold them, too. Returns the accounts of which that was news.</summary>
    public async Task<IReadOnlyList<AccountId>> NoteSharedAsync(IReadOnlyCollection<PhoneNumber> looked, CancellationToken cancellationToken = default)
    {
        PhoneNumberId[] ids = [.. looked.Select(number => number.PhoneNumberId)];
        var holders = (ids.Length == 0 ? [] : await FindHeldAsync(ids, cancellationToken).ConfigureAwait(false)).ToLookup(number => number.PhoneNumberId);
        var concerned = new List<AccountId>();
        foreach (var account in holders.SelectMany(of => of, (of, holder) => (Holder: holder, IsShared: of.Skip(1).Any())).Where(pair => pair.Holder.IsShared != pair.IsShared).GroupBy(pair => pair.Holder.AccountId))
        {
            var news = account.ToDictionary(pair => pair.Holder.PhoneNumberId, pair => pair.IsShared);
            await WriteAsync(
                account.Key,
                read => [.. read.Numbers.Where(number => number.IsHeld && news.TryGetValue(number.PhoneNumberId, out var shared) && shared != number.IsShared)
                    .Select(number => number with { IsShared = news[number.PhoneNumberId] })],
                cancellationToken).ConfigureAwait(false);
            concerned.Add(account.Key);
        }

        return concerned;
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        try
        {
            await scopes.UseAsync((IPhoneNumberStore store) => store.EraseAsync(account, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            Written?.Invoke(null);
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

    private void Measure(PhoneNumberWrite write)
    {
        foreach (var number in write.After.Numbers.Where(number => number.IsHeld))
        {
            var before = write.Before.Find(number.PhoneNumberId)?.Told ?? [];
            foreach (var reason in number.Told.Except(before))
                metrics.ReadinessChanged(reason, isOver: false);
            foreach (var reason in before.Except(number.Told))
                metrics.ReadinessChanged(reason, isOver: true);
        }
    }

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

    /// <summary>The writers of one account; gone with the last of them, and nobody waits on the gate by its handle, so there is nothing to dispose of.</summary>
    private sealed class Turns
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Writers { get; set; }
    }
}
