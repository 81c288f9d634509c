using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Stores;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>Which nodes there are, and which shard each works: the verbs on the tables, each in a scope of its own. Registered scoped.</summary>
internal sealed class ShardTable(StoreContext store)
{
    /// <summary>Says that the node is there, and reads what others say. Every second, so it stays out of the host's log of commands.</summary>
    public async Task<InboxMembers> BeatAsync(string node, CancellationToken cancellationToken)
    {
        if (!await store.BeatUnloggedAsync(node, cancellationToken).ConfigureAwait(false))
        {
            store.Value.Add(new InboxNodeRow { Node = node, Beat = 1 });
            await store.Value.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        var nodes = await store.ReadUnloggedAsync(store.InboxNodes.Select(row => new { row.Node, row.Beat }), read => (read.GetString(0), read.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        var shards = await store.ReadUnloggedAsync(
            store.InboxShards.Select(row => new { row.Shard, row.Node }), read => (read.GetInt32(0), read.IsDBNull(1) ? null : read.GetString(1)), cancellationToken).ConfigureAwait(false);
        return new InboxMembers(nodes.ToDictionary(one => one.Item1, one => one.Item2), shards.ToDictionary(one => one.Item1, one => one.Item2));
    }

    /// <summary>Makes the rows of shards, of nobody; another node may be doing so at the same time.</summary>
    public Task AddAsync(IEnumerable<int> shards, CancellationToken cancellationToken)
    {
        store.Value.AddRange(shards.Select(shard => new InboxShardRow { Shard = shard }));
        return store.Value.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Gives shards from one owner to another, null for nobody; those that have another owner by now stay.</summary>
    public Task GiveAsync(IReadOnlyCollection<int> shards, string? from, string? to, CancellationToken cancellationToken) =>
        store.InboxShards.Where(row => shards.Contains(row.Shard) && row.Node == from)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.Node, to), cancellationToken);

    public Task RemoveNodeAsync(string node, CancellationToken cancellationToken) =>
        store.InboxNodes.Where(row => row.Node == node).ExecuteDeleteAsync(cancellationToken);
}

/// <summary>The beat of each node, and the owner of each shard.</summary>
internal sealed record InboxMembers(IReadOnlyDictionary<string, long> Beats, IReadOnlyDictionary<int, string?> Owners);
