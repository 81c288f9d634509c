using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed class EfPhoneNumberStore(StoreContext store, IEnumerable<IAccountWabaReferenceSync> syncs, TimeProvider time) : IPhoneNumberStore
{
    private const int AccountsAtOnce = 100;

    public async Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var head = await store.Account(account).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return head.ToAccount(account);
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

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
    public async Task<IReadOnlyList<AccountId>> FindAccountsAsync(AccountsWith with, DateTimeOffset at, AccountId? after, CancellationToken cancellationToken)
    {
        var last = after?.ToString() ?? "";
        var accounts = await With(with, UtcTime.Cut(at))
            .Where(row => string.Compare(row.AccountId, last) > 0)
            .Select(row => row.AccountId)
            .Distinct()
            .OrderBy(account => account)
            .Take(AccountsAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. accounts.Select(AccountId.Parse)];
    }

    public Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken) =>
        new AccountWriter(store, syncs, account, time).WriteAsync(change, cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) =>
        new AccountWriter(store, syncs, account, time).EraseAsync(cancellationToken);

    private IQueryable<PhoneNumberRow> With(AccountsWith with, DateTimeOffset at)
    {
        var rows = store.Numbers;
        return with switch
        {
            AccountsWith.OverdueToken => rows.Where(row => row.TokenKeptUntil <= at && row.Token != null),
            AccountsWith.PausedNumber => rows.Where(row => row.State == NumberState.Paused),
            _ => rows.Where(row => row.State != NumberState.Inactive
                && (row.ListedAt == null || row.ListedAt < at)
                && (row.RefusedAt == null || row.RefusedAt < at)
                && rows.Any(other => other.PhoneNumberId == row.PhoneNumberId && other.AccountId != row.AccountId && other.State != NumberState.Inactive)),
        };
    }
}
