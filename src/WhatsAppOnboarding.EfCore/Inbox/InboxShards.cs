using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Lanes fall into shards, and a shard is worked by one node at a time, so that what comes of a number is worked in order whichever nodes take it in. A node knows the others by their
/// beats, by its own clock alone: a beat that stands still for <see cref="Silence"/> is that of a node that is gone.
/// </summary>
internal sealed class InboxShards(TimeProvider time)
{
    /// <summary>How many there are; the nodes that work are no more than these.</summary>
    public const int All = 64;

    /// <summary>How long a node's beat may stand still before others take its shards.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (long Beat, long At)> _seen = [];

    public static int Of(string lane) => SHA256.HashData(Encoding.UTF8.GetBytes(lane))[0] % All;

    /// <summary>What a node should do about what it read.</summary>
    /// <param name="me">The node.</param>
    /// <param name="members">What it read.</param>
    /// <returns>The nodes that are gone, and the shards to take or to give up, with their owner at present.</returns>
    public ShardChanges ChangesFor(string me, InboxMembers members)
    {
        Note(members);
        string[] gone = [.. members.Beats.Keys.Where(node => node != me && IsSilent(node))];
        var alive = members.Beats.Count - gone.Length;
        var share = (All + alive - 1) / alive;
        int[] mine = [.. members.Owners.Where(shard => shard.Value == me).Select(shard => shard.Key)];

        // A shard whose owner has no row any more belongs to nobody.
        var free = members.Owners.Where(shard => shard.Value is null || gone.Contains(shard.Value) || !members.Beats.ContainsKey(shard.Value));
        return new ShardChanges(mine, [.. free.Take(Math.Max(0, share - mine.Length))], [.. mine.Order().Skip(share)], gone);
    }

    private void Note(InboxMembers members)
    {
        var now = time.GetTimestamp();
        foreach (var (node, beat) in members.Beats)
        {
            if (!_seen.TryGetValue(node, out var seen) || seen.Beat != beat)
                _seen[node] = (beat, now);
        }

        foreach (var node in _seen.Keys.Except(members.Beats.Keys).ToArray())
            _seen.Remove(node);
    }

    private bool IsSilent(string node) => time.GetElapsedTime(_seen[node].At) >= Silence;
}

/// <summary>What a node should do.</summary>
/// <param name="Mine">The shards that it has.</param>
/// <param name="Take">Shards to take, with the owner that they have at present.</param>
/// <param name="GiveUp">Shards of its own to leave to others.</param>
/// <param name="Gone">Nodes that are gone.</param>
internal sealed record ShardChanges(IReadOnlyList<int> Mine, IReadOnlyList<KeyValuePair<int, string?>> Take, IReadOnlyList<int> GiveUp, IReadOnlyList<string> Gone);
