using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Stores;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>What is taken and not done: the verbs on the table, each in a scope of its own. Every statement of a verb is one commit. Registered scoped.</summary>
internal sealed class InboxTable(StoreContext store)
{
    /// <summary>All of them, or none.</summary>
    public Task AddAsync(IReadOnlyList<InboxRow> rows, CancellationToken cancellationToken) => store.Value.Database.CreateExecutionStrategy().ExecuteAsync(
        () => store.WithConnectionAsync(() => InsertAsync(rows, cancellationToken), cancellationToken));

    private async Task<bool> InsertAsync(IReadOnlyList<InboxRow> rows, CancellationToken cancellationToken)
    {
        var insert = new InboxInsert(store.Value);
        if (rows.Count <= InboxInsert.MostRows)
        {
            await insert.RunAsync(rows, null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        var transaction = await store.Value.Database.GetDbConnection().BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var some in rows.Chunk(InboxInsert.MostRows))
                await insert.RunAsync(some, transaction, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Whether nothing is there.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        (await store.ReadUnloggedAsync(store.Inbox.Select(row => row.Id).Take(1), read => read.GetInt64(0), cancellationToken).ConfigureAwait(false)).Count == 0;

    /// <summary>What could be taken, oldest first. Asked all the time, so it stays out of the host's log of commands.</summary>
    public Task<IReadOnlyList<InboxHead>> ListDueAsync(InboxQuery query, int max, CancellationToken cancellationToken) => store.ReadUnloggedAsync(
        Due(query).OrderBy(row => row.Id).Take(max).Select(row => new { row.Id, row.Shard, row.Lane, row.Number, row.Size, row.Tries }),
        read => new InboxHead(read.GetInt64(0), read.GetInt32(1), read.GetString(2), read.GetString(3), read.GetInt32(4), read.GetInt32(5)),
        cancellationToken);

    /// <summary>
    /// Takes these, oldest first, under the eyes of the shards' owner: nobody else works on them, and what another node had taken was left by it. A node that lost a shard since
    /// takes nothing of it.
    /// </summary>
    public async Task<IReadOnlyList<InboxRow>> TakeAsync(IReadOnlyCollection<long> ids, string node, CancellationToken cancellationToken)
    {
        await store.Inbox.Where(row => ids.Contains(row.Id) && store.InboxShards.Any(shard => shard.Shard == row.Shard && shard.Node == node))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.TakenBy, node).SetProperty(one => one.Tries, one => one.Tries + 1), cancellationToken).ConfigureAwait(false);
        return await store.Inbox.Where(row => ids.Contains(row.Id) && row.TakenBy == node).OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task RemoveAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        store.Inbox.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Something came of it, and it is worked again at a time.</summary>
    public Task RepeatAsync(long id, DateTimeOffset dueAt, int failures, CancellationToken cancellationToken)
    {
        var cut = UtcTime.Cut(dueAt);
        return store.Inbox.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.DueAt, cut).SetProperty(one => one.Failures, failures).SetProperty(one => one.TakenBy, (string?)null).SetProperty(one => one.Tries, 0),
            cancellationToken);
    }

    /// <summary>A node lets go of what it had taken and not begun: of these, or of all.</summary>
    public Task ReleaseAsync(string node, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken)
    {
        var taken = store.Inbox.Where(row => row.TakenBy == node);
        return (ids is null ? taken : taken.Where(row => ids.Contains(row.Id))).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.TakenBy, (string?)null).SetProperty(one => one.Tries, one => one.Tries - 1), cancellationToken);
    }

    /// <summary>How much there is of each lane.</summary>
    public async Task<IReadOnlyList<InboxLane>> CountAsync(CancellationToken cancellationToken) =>
        await store.Inbox.GroupBy(row => row.Lane)
            .Select(rows => new InboxLane(rows.Key, rows.LongCount(), rows.Min(row => row.ReceivedAt), rows.Max(row => row.Failures)))
            .ToListAsync(cancellationToken).ConfigureAwait(false);

    private IQueryable<InboxRow> Due(InboxQuery query)
    {
        var (now, node, shards, (lanes, numbers)) = (UtcTime.Cut(query.Now), query.Node, query.Shards, query.Full);
        var due = store.Inbox.Where(row => row.DueAt <= now && (row.TakenBy == null || row.TakenBy != node));
        if (shards.Count < InboxShards.All)
            due = due.Where(row => shards.Contains(row.Shard));
        if (lanes.Count > 0)
            due = due.Where(row => !lanes.Contains(row.Lane));
        if (numbers.Count > 0)
            due = due.Where(row => !numbers.Contains(row.Number));
        if (query.WithoutDoubtful)
            due = due.Where(row => row.Tries < InboxHead.Often);
        return query.NoticesOnly ? due.Where(row => row.IsNotice) : due;
    }
}

/// <summary>What a node may take.</summary>
internal sealed record InboxQuery(string Node, IReadOnlyCollection<int> Shards, DateTimeOffset Now)
{
    /// <summary>Lanes and numbers of which it has enough.</summary>
    public (IReadOnlyCollection<string> Lanes, IReadOnlyCollection<string> Numbers) Full { get; init; } = ([], []);

    public bool NoticesOnly { get; init; }

    /// <summary>Nothing that was begun often without an end.</summary>
    public bool WithoutDoubtful { get; init; }
}

/// <summary>What waits in one lane.</summary>
internal sealed record InboxLane(string Lane, long Count, DateTimeOffset OldestAt, int MostFailures);

/// <summary>What is to be known of a row before it is taken.</summary>
internal sealed record InboxHead(long Id, int Shard, string Lane, string Number, int Size, int Tries)
{
    /// <summary>After so many tries without an end it may be what ends the process, or have been in hand beside that.</summary>
    public const int Often = 5;

    public bool IsDoubtful => Tries >= Often;
}
