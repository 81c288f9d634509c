using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

internal sealed class EfReleaseLog(IServiceScopeFactory scopes) : IReleaseLog
{
    public async Task RecordAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            scope.Context.Add(new ReleaseRow { Id = Guid.NewGuid(), WabaId = waba.ToString(), At = UtcTime.Cut(at) });
            await scope.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyCollection<WabaId>> FindSinceAsync(
        IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (wabas.Count == 0)
            return [];

        // Cut as the rows are, or a release at this very time would be missed.
        var earliest = UtcTime.Cut(since);
        var ids = wabas.Select(waba => waba.ToString()).Distinct().ToList();
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            var found = await scope.Releases.Where(row => ids.Contains(row.WabaId) && row.At >= earliest)
                .Select(row => row.WabaId).Distinct().ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. found.Select(WabaId.Parse)];
        }
    }

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var earliestKept = UtcTime.Cut(before);
        var scope = new StoreScope(scopes);
        await using (scope.ConfigureAwait(false))
        {
            return await scope.Releases.Where(row => row.At < earliestKept).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
