using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>Hands out the events that <see cref="AccountWriter"/> put beside the numbers. An event is taken by moving the time of its next try, with that time in the condition.</summary>
internal sealed class EfAccountEventStore(StoreContext store) : IAccountEventStore
{
    private const int AccountsAtOnce = 100;
    private const int RemovedAtOnce = 500;

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, the same way as it sorts.")]
    public async Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken)
    {
        var (last, at, rows) = (after?.ToString() ?? "", UtcTime.Cut(now), store.AccountEvents);
        var accounts = await rows
            .Where(row => row.NextAt <= at && string.Compare(row.AccountId, last) > 0)
            .Where(row => !rows.Any(earlier => earlier.AccountId == row.AccountId && earlier.Place < row.Place && earlier.NextAt > at))
            .Select(row => row.AccountId)
            .Distinct()
            .OrderBy(account => account)
            .Take(AccountsAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. accounts.Select(AccountId.Parse)];
    }

    public async Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, end) = (account.ToString(), UtcTime.Cut(until));
        var oldest = await store.AccountEvents
            .Where(row => row.AccountId == id && row.NextAt != null)
            .OrderBy(row => row.Place)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (oldest is null || oldest.NextAt > now)
            return null;

        var taken = await store.AccountEvents
            .Where(row => row.AccountId == id && row.Place == oldest.Place && row.NextAt == oldest.NextAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, end), cancellationToken).ConfigureAwait(false);
        return taken == 1 ? oldest.ToStored() with { NextAt = end } : null;
    }

    public async Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected, CancellationToken cancellationToken)
    {
        var (account, seen, next, parked) = (stored.Event.AccountId.ToString(), UtcTime.Cut(expected), UtcTime.Cut(stored.NextAt), UtcTime.Cut(stored.ParkedAt));
        var finished = RowJson.WriteOrNone(stored.Finished);
        return await store.AccountEvents
            .Where(row => row.AccountId == account && row.Place == stored.Place && row.NextAt == seen)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.NextAt, next)
                    .SetProperty(row => row.Finished, finished)
                    .SetProperty(row => row.Failures, stored.Failures)
                    .SetProperty(row => row.Reason, stored.Reason)
                    .SetProperty(row => row.ParkedAt, parked),
                cancellationToken).ConfigureAwait(false) == 1;
    }

    public async Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken)
    {
        var rows = store.AccountEvents;
        if (account?.ToString() is { } id)
            rows = rows.Where(row => row.AccountId == id);
        if (UtcTime.Cut(since) is { } earliest)
            rows = rows.Where(row => row.At >= earliest);
        if (parked)
            rows = rows.Where(row => row.ParkedAt != null);
        var found = await (account is null ? rows.OrderBy(row => row.At).ThenBy(row => row.AccountId).ThenBy(row => row.Place) : rows.OrderBy(row => row.Place))
            .Take(max).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. found.Select(row => row.ToStored())];
    }

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var earliestKept = UtcTime.Cut(before);
        var old = await store.AccountEvents.Where(row => row.At < earliestKept).OrderBy(row => row.At).Select(row => row.EventId).Take(RemovedAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return old.Count == 0 ? 0 : await store.AccountEvents.Where(row => old.Contains(row.EventId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
