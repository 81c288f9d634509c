using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed class EfPhoneNumberStore(IServiceScopeFactory scopes, PhoneNumberWrites writes, TimeProvider time) : IPhoneNumberStore
{
    private const int AccountsAtOnce = 100;

    public async Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var head = await scope.Account(account).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            return head.ToAccount(account);
        }
    }

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken) =>
        FindHeldAsync(numbers.Select(number => number.ToString()), some => row => some.Contains(row.PhoneNumberId), cancellationToken);

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken) =>
        FindHeldAsync(wabas.Select(waba => waba.ToString()), some => row => some.Contains(row.WabaId), cancellationToken);

    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken) =>
        FindHeldAsync(hashes, some => row => row.GrantedBy != null && some.Contains(row.GrantedBy), cancellationToken);

    public async Task<IReadOnlyList<AccountId>> FindOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var cut = UtcTime.Cut(now);
            var accounts = await scope.Numbers
                .Where(row => row.TokenKeptUntil <= cut && row.Token != null)
                .Select(row => row.AccountId)
                .Distinct()
                .OrderBy(account => account)
                .Take(AccountsAtOnce)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. accounts.Select(AccountId.Parse)];
        }
    }

    public Task<IReadOnlyList<AccountId>> FindPausedAsync(AccountId? after, CancellationToken cancellationToken) =>
        FindAccountsAsync(rows => rows.Where(row => row.State == NumberState.Paused), after, cancellationToken);

    public Task<IReadOnlyList<AccountId>> FindSharedAsync(DateTimeOffset answeredBefore, AccountId? after, CancellationToken cancellationToken)
    {
        var cut = UtcTime.Cut(answeredBefore);
        return FindAccountsAsync(
            rows => rows.Where(row => row.State != NumberState.Inactive
                && (row.ListedAt == null || row.ListedAt < cut)
                && (row.RefusedAt == null || row.RefusedAt < cut)
                && rows.Any(other => other.PhoneNumberId == row.PhoneNumberId && other.AccountId != row.AccountId && other.State != NumberState.Inactive)),
            after,
            cancellationToken);
    }

    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                return await new AccountWriter(scope, account, time).WriteAsync(change, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                writes.Committed();
            }
        }
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                await new AccountEraser(scope, account, time).EraseAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                writes.Committed();
            }
        }
    }

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
    private async Task<IReadOnlyList<AccountId>> FindAccountsAsync(
        Func<IQueryable<PhoneNumberRow>, IQueryable<PhoneNumberRow>> matching, AccountId? after, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var last = after?.ToString() ?? "";
            var accounts = await matching(scope.Numbers)
                .Where(row => string.Compare(row.AccountId, last) > 0)
                .Select(row => row.AccountId)
                .Distinct()
                .OrderBy(account => account)
                .Take(AccountsAtOnce)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. accounts.Select(AccountId.Parse)];
        }
    }

    private async Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(
        IEnumerable<string> keys, Func<string[], Expression<Func<PhoneNumberRow, bool>>> matching, CancellationToken cancellationToken)
    {
        var found = new List<PhoneNumber>();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            foreach (var some in keys.Distinct().Chunk(StoreScope.AskedAtOnce))
            {
                var rows = await scope.Numbers.Where(row => row.State != NumberState.Inactive).Where(matching(some))
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
                found.AddRange(rows.Select(row => row.ToNumber() with { Token = null, Pins = [] }));
            }
        }

        return found;
    }
}
