namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps links in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemorySetupLinkStore : ISetupLinkStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, StoredLink> _links = [];

    public Task AddAsync(StoredLink link, CancellationToken cancellationToken)
    {
        lock (_gate)
            _links.Add(link.Link.Id, link);
        return Task.CompletedTask;
    }

    public Task<StoredLink?> FindAsync(string urlHash, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_links.Values.FirstOrDefault(link => link.UrlHash == urlHash));
    }

    public Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_links.GetValueOrDefault(id) is { } link && link.AccountId == account ? link : null);
    }

    public Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StoredLink>>(
                [.. _links.Values.Where(link => link.AccountId == account && (usableAt is not { } at || IsUsable(link, at))).OrderByDescending(link => link.Link.CreatedAt).Take(max)]);
        }
    }

    public Task<bool> UpdateAsync(StoredLink link, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_links.GetValueOrDefault(link.Link.Id)?.Version != link.Version)
                return Task.FromResult(false);
            _links[link.Link.Id] = link with { Version = link.Version + 1 };
            return Task.FromResult(true);
        }
    }

    public Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            StoredLink[] all = [.. _links.Values.Where(link => link.Link is { UsedAt: null, RevokedAt: null } && link.Link.CreatedAt <= at)];
            foreach (var link in all)
                _links[link.Link.Id] = link with { Version = link.Version + 1, Link = link.Link with { RevokedAt = at } };
            return Task.FromResult(all.Length);
        }
    }

    public Task<int> PruneAsync(DateTimeOffset expiredBefore, CancellationToken cancellationToken) =>
        Task.FromResult(Remove(link => link.Link.ExpiresAt < expiredBefore));

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        Remove(link => link.AccountId == account);
        return Task.CompletedTask;
    }

    private static bool IsUsable(StoredLink link, DateTimeOffset at) => link.Link is { UsedAt: null, RevokedAt: null } && link.Link.ExpiresAt > at;

    private int Remove(Func<StoredLink, bool> which)
    {
        lock (_gate)
        {
            Guid[] gone = [.. _links.Values.Where(which).Select(link => link.Link.Id)];
            return gone.Count(_links.Remove);
        }
    }
}
