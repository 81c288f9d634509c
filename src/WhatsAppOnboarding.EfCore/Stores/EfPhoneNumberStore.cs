using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed class EfPhoneNumberStore(StoreContext store, IEnumerable<IAccountWabaReferenceSync> syncs, TimeProvider time) : IPhoneNumberStore
{
    private const int LookedAtFor = 8;

    public async Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var head = await store.Account(account).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return head.ToAccount(account);
    }

    public async Task<PhoneNumber?> FindAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken)
    {
        var row = await store.FindNumberAsync(account, number, cancellationToken).ConfigureAwait(false);
        if (row is not null)
            AccountMapping.RequireSame(row.AccountId, account);
        return row?.ToNumber();
    }

    public async Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken)
    {
        var found = new List<PhoneNumber>();
        await AddAsync(query.Numbers.Select(number => number.ToString()), some => row => some.Contains(row.PhoneNumberId)).ConfigureAwait(false);
        await AddAsync(query.Wabas.Select(waba => waba.ToString()), some => row => some.Contains(row.WabaId)).ConfigureAwait(false);
        await AddAsync(query.Grantors, some => row => row.GrantedBy != null && some.Contains(row.GrantedBy)).ConfigureAwait(false);
        return [.. found.DistinctBy(number => (number.AccountId, number.PhoneNumberId))];

        async Task AddAsync(IEnumerable<string> keys, Func<string[], Expression<Func<PhoneNumberRow, bool>>> matching)
        {
            foreach (var some in keys.Distinct().Chunk(StoreContext.AskedAtOnce))
            {
                var rows = await store.Numbers.Where(row => row.State != NumberState.Inactive).Where(matching(some))
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
                found.AddRange(rows.Select(row => row.ToNumber() with { Token = null, Pins = [] }));
            }
        }
    }

    public async Task<IReadOnlyList<string>> ListPendingMigrationsAsync(CancellationToken cancellationToken) =>
        store.Value.Database.IsRelational() ? [.. await store.Value.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)] : [];

    public async Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        // Nodes that ask at once look at different ones of what is due, and each row is taken by itself, so that two can never wait for each other.
        var (at, end) = (UtcTime.Cut(now), UtcTime.Cut(until));
        var found = await store.Accounts.Where(row => row.DueAt <= at).OrderBy(row => row.DueAt).Select(row => new { row.AccountId, row.DueAt })
            .Take(max * LookedAtFor).ToListAsync(cancellationToken).ConfigureAwait(false);
        (string AccountId, DateTimeOffset? DueAt)[] due = [.. found.Select(row => (row.AccountId, row.DueAt))];
        RandomNumberGenerator.Shuffle<(string AccountId, DateTimeOffset? DueAt)>(due);
        var taken = new List<AccountId>();
        foreach (var account in due.TakeWhile(_ => taken.Count < max))
        {
            var rows = await store.Accounts.Where(row => row.AccountId == account.AccountId && row.DueAt == account.DueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, end), cancellationToken).ConfigureAwait(false);
            if (rows == 1)
                taken.Add(AccountId.Parse(account.AccountId));
        }

        return taken;
    }

    public Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, end) = (account.ToString(), UtcTime.Cut(until));
        return store.Accounts.Where(row => row.AccountId == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, end), cancellationToken);
    }

    /// <summary>Some accounts at a time, so that no command takes long or holds many rows: numbers first, so that whoever has read them before meets the version of the head.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
    public async Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (marked, last, since) = (0, "", (DateTimeOffset?)UtcTime.Cut(at));
        while (await store.Accounts.Where(row => string.Compare(row.AccountId, last) > 0).OrderBy(row => row.AccountId).Select(row => row.AccountId).Take(StoreContext.AskedAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } some)
        {
            marked += await store.Numbers.Where(row => some.Contains(row.AccountId) && row.Token != null && row.ConnectedAt <= since)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnprovedSince, since), cancellationToken).ConfigureAwait(false);
            await store.Accounts.Where(row => some.Contains(row.AccountId) && row.Numbers.Any(number => number.UnprovedSince == since))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, since).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken).ConfigureAwait(false);
            last = some[^1];
        }

        return marked;
    }

    public Task<int> CountUnprovedAsync(CancellationToken cancellationToken) => store.Numbers.CountAsync(
        row => row.UnprovedSince != null && row.State != NumberState.Inactive && (row.RefusedAt == null || row.RefusedAt < row.UnprovedSince), cancellationToken);

    public Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken) =>
        new AccountWriter(store, syncs, account, time).WriteAsync(change, also, cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) =>
        new AccountWriter(store, syncs, account, time).EraseAsync(cancellationToken);
}
