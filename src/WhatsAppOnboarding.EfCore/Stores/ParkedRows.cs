using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>What is parked, asked so that the database filters, sorts and groups.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
[SuppressMessage("Globalization", "CA1310", Justification = "The database compares.")]
[SuppressMessage("Performance", "CA1866", Justification = "Not every provider can translate a character.")]
internal static class ParkedRows
{
    private const int AccountsAtOnce = 100;

    /// <summary>The rows of a query that come after one of them; the order is that of the first failure, then account and item.</summary>
    public static IQueryable<WebhookItemRow> Parked(this StoreContext store, ParkedQuery query, LedgerRecord? after = null)
    {
        var rows = store.WebhookItems.Where(row => row.ParkedAt != null);
        if (query.AccountId?.ToString() is { } account)
            rows = rows.Where(row => row.AccountId == account);
        if (query.ItemKey is { } item)
            rows = rows.Where(row => row.Item == item);
        if (UtcTime.Cut(query.Since) is { } since)
            rows = rows.Where(row => row.FirstFailedAt >= since);
        if (query.ReasonBeginning is { } reason)
            rows = rows.Where(row => row.Reason!.StartsWith(reason));
        if (query.Handler is { } handler)
            rows = rows.Where(row => row.FailedHandler == handler);
        if (after is null)
            return rows;

        var (at, last, lastItem) = (UtcTime.Cut(after.FirstFailedAt), after.AccountId.ToString(), after.ItemKey);
        return rows.Where(row => row.FirstFailedAt > at
            || row.FirstFailedAt == at && (string.Compare(row.AccountId, last) > 0 || row.AccountId == last && string.Compare(row.Item, lastItem) > 0));
    }

    public static async Task<IReadOnlyList<ParkedGroup>> GroupAsync(this IQueryable<WebhookItemRow> parked, CancellationToken cancellationToken)
    {
        // With a colon of our own behind it there is always one.
        var groups = await parked
            .Select(row => new { Reason = (row.Reason ?? "") + ":", Handler = row.FailedHandler ?? "", At = row.FirstFailedAt })
            .GroupBy(row => new { Reason = row.Reason.Substring(0, row.Reason.IndexOf(":")), row.Handler })
            .Select(rows => new { rows.Key.Reason, rows.Key.Handler, Count = rows.Count(), OldestAt = rows.Min(row => row.At) })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. groups.OrderByDescending(group => group.Count).ThenBy(group => group.OldestAt)
                .Select(group => new ParkedGroup { Reason = group.Reason, Handler = group.Handler, Count = group.Count, OldestAt = group.OldestAt ?? default }),
        ];
    }

    public static async Task<IReadOnlyList<AccountId>> FindAccountsAsync(this IQueryable<WebhookItemRow> parked, AccountId? after, CancellationToken cancellationToken)
    {
        var last = after?.ToString() ?? "";
        var accounts = await parked.Where(row => string.Compare(row.AccountId, last) > 0).Select(row => row.AccountId).Distinct().OrderBy(account => account).Take(AccountsAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. accounts.Select(AccountId.Parse)];
    }
}
