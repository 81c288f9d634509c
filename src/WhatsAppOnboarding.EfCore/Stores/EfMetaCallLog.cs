using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// Keeps to a limit by inserting first and counting afterwards: of two that meet at the limit each sees the other, so never more than the limit are granted,
/// without a transaction and without a lock.
/// </summary>
internal sealed class EfMetaCallLog(StoreContext store) : IMetaCallLog
{
    public async Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken)
    {
        // Whoever asks without a hope leaves no trace, so that asking does not keep others away.
        if (limit is not null && await CountAsync(call, window, cancellationToken).ConfigureAwait(false) >= limit)
            return false;

        var mine = store.Value.Add(MetaCallRow.From(call)).Entity;
        await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        if (limit is null || await CountAsync(call, window, CancellationToken.None).ConfigureAwait(false) <= limit)
            return true;

        store.Value.Remove(mine);
        await store.Value.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
        return false;
    }

    public async Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];

        // Cut as the rows are, or a call at this very time would be missed.
        var earliest = UtcTime.Cut(since);
        var found = new List<MetaCall>();
        foreach (var some in ids.Distinct().Chunk(StoreContext.AskedAtOnce))
        {
            var rows = await store.MetaCalls.Where(row => row.Kind == kind && some.Contains(row.GraphId) && row.At >= earliest)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            found.AddRange(rows.Select(row => row.ToCall()));
        }

        return found;
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var earliestKept = UtcTime.Cut(before);
        return store.MetaCalls.Where(row => row.At < earliestKept).ExecuteDeleteAsync(cancellationToken);
    }

    private Task<int> CountAsync(MetaCall call, TimeSpan window, CancellationToken cancellationToken)
    {
        var (kind, id, earliest) = (call.Kind, call.Id, UtcTime.Cut(call.At - window));
        return store.MetaCalls.CountAsync(row => row.GraphId == id && row.Kind == kind && row.At > earliest, cancellationToken);
    }
}
