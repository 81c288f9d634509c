using WhatsAppOnboarding;
using WhatsAppOnboarding.Stores;

public sealed class LinkDrawer(Cabinet cabinet) : ISetupLinkStore
{
    public Task AddAsync(StoredLink link, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            cabinet.Links.Add(link);
            return true;
        },
        cancellationToken);

    public Task<StoredLink?> FindAsync(string urlHash, CancellationToken cancellationToken) => cabinet.OpenAsync(() => cabinet.Links.Find(kept => kept.UrlHash == urlHash), cancellationToken);

    public Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Links.Find(kept => kept.AccountId == account && kept.Link.Id == id), cancellationToken);

    public Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Links.Where(kept => kept.AccountId == account && (usableAt is null || (IsUnused(kept) && kept.Link.ExpiresAt > usableAt)))
            .OrderByDescending(kept => kept.Link.CreatedAt).Take(max).ToRead(),
        cancellationToken);

    public Task<bool> UpdateAsync(StoredLink link, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Links.Change(cabinet.Links.Where(kept => kept.Link.Id == link.Link.Id && kept.Version == link.Version), _ => link with { Version = link.Version + 1 }).Count > 0, cancellationToken);

    public Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () => cabinet.Links.Change(
            cabinet.Links.Where(kept => IsUnused(kept) && kept.Link.CreatedAt <= at), kept => kept with { Version = kept.Version + 1, Link = kept.Link with { RevokedAt = at } }).Count,
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset expiredBefore, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Links.RemoveAll(kept => kept.Link.ExpiresAt < expiredBefore), cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => cabinet.OpenAsync(() => cabinet.Links.RemoveAll(kept => kept.AccountId == account), cancellationToken);

    private static bool IsUnused(StoredLink kept) => kept.Link is { UsedAt: null, RevokedAt: null };
}

public sealed class CallDrawer(Cabinet cabinet) : IMetaCallLog
{
    public Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken) => cabinet.OpenAsync(
        () =>
        {
            var isGranted = limit is null || cabinet.Calls.Count(kept => kept.Kind == call.Kind && kept.Id == call.Id && kept.At > call.At - window) < limit;
            if (isGranted)
                cabinet.Calls.Add(call);
            return isGranted;
        },
        cancellationToken);

    public Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken) =>
        cabinet.OpenAsync(() => cabinet.Calls.Where(kept => kept.Kind == kind && ids.Contains(kept.Id) && kept.At >= since).ToRead(), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => cabinet.OpenAsync(() => cabinet.Calls.RemoveAll(kept => kept.At < before), cancellationToken);
}
