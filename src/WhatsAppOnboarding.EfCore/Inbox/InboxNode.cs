using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>This node among those that work on the inbox: the shards that are its own at the moment. A singleton.</summary>
internal sealed partial class InboxNode(IServiceScopeFactory scopes, TimeProvider time, ILogger<InboxNode> logger)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Who could not say for so long that it is there begins nothing: others may be about to take its shards.</summary>
    private static readonly TimeSpan Trust = InboxShards.Silence - TimeSpan.FromSeconds(2);

    private readonly InboxShards _shards = new(time);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _saidAt;
    private bool _isSilent;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The shards of which it may take something; empty while it is not sure of them.</summary>
    public IReadOnlyCollection<int> Shards => time.GetElapsedTime(_saidAt) < Trust ? Own : [];

    /// <summary>Whether other nodes are there, too.</summary>
    public bool HasOthers { get; private set; }

    /// <summary>The shards that were its own when it looked last.</summary>
    public IReadOnlyCollection<int> Own { get; private set; } = [];

    /// <summary>There may be something to take.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Waits until there may be something to take, or for so long.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>
    /// Ends when this node takes deliveries into the inbox, or something waits there all the same: of before, or of a node that still takes. Both may come to be at any time.
    /// </summary>
    public async Task UntilNeededAsync(Func<bool> takes, CancellationToken cancellationToken)
    {
        while (!takes())
        {
            try
            {
                if (!await UseAsync<InboxTable, bool>(table => table.IsEmptyAsync(cancellationToken)).ConfigureAwait(false))
                    return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotUsed(exception);
            }

            await WaitAsync(InboxShards.Silence, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that this node is there, and takes or leaves shards. Never throws but for cancellation.</summary>
    /// <param name="isWorkedOn">Whether something of a shard is being worked on here.</param>
    /// <param name="cancellationToken">The node stops.</param>
    public async Task BeatAsync(Func<int, bool> isWorkedOn, CancellationToken cancellationToken)
    {
        try
        {
            // What was changed shows with the next look.
            while (await LookAsync(isWorkedOn, cancellationToken).ConfigureAwait(false))
            {
            }

            if (_isSilent)
                LogBack();
            _isSilent = false;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isSilent)
                LogSilent(exception);
            _isSilent = true;
        }
    }

    /// <summary>Lets go of everything.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        Own = [];
        await UseAsync<InboxTable>(table => table.ReleaseAsync(Id, null, cancellationToken)).ConfigureAwait(false);
        await UseAsync<ShardTable>(table => table.GiveAsync([.. Enumerable.Range(0, InboxShards.All)], Id, null, cancellationToken)).ConfigureAwait(false);
        await UseAsync<ShardTable>(table => table.RemoveNodeAsync(Id, cancellationToken)).ConfigureAwait(false);
    }

    public async Task UseAsync<TTable>(Func<TTable, Task> use)
        where TTable : notnull
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await use(scope.ServiceProvider.GetRequiredService<TTable>()).ConfigureAwait(false);
    }

    public async Task<T> UseAsync<TTable, T>(Func<TTable, Task<T>> use)
        where TTable : notnull
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<TTable>()).ConfigureAwait(false);
    }

    /// <summary>Whether it took shards.</summary>
    private async Task<bool> LookAsync(Func<int, bool> isWorkedOn, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var members = await UseAsync<ShardTable, InboxMembers>(table => table.BeatAsync(Id, cancellationToken)).ConfigureAwait(false);
        if (members.Owners.Count < InboxShards.All)
            return await AddShardsAsync(members, cancellationToken).ConfigureAwait(false);

        var changes = _shards.ChangesFor(Id, members);
        var had = Own.Count;
        Own = [.. changes.Mine.Except(changes.GiveUp)];
        (_saidAt, HasOthers) = (began, members.Beats.Count > 1 + changes.Gone.Count);
        if (had == 0 && Own.Count > 0)
            Signal();

        int[] left = [.. changes.GiveUp.Where(shard => !isWorkedOn(shard))];
        if (left.Length > 0)
            await GiveAsync(left, Id, null, cancellationToken).ConfigureAwait(false);
        foreach (var owner in changes.Take.GroupBy(shard => shard.Value))
            await GiveAsync([.. owner.Select(shard => shard.Key)], owner.Key, Id, cancellationToken).ConfigureAwait(false);
        foreach (var gone in changes.Gone.Where(gone => members.Owners.Values.All(owner => owner != gone)))
            await UseAsync<ShardTable>(table => table.RemoveNodeAsync(gone, cancellationToken)).ConfigureAwait(false);
        return changes.Take.Count > 0;
    }

    /// <summary>Whether it made them.</summary>
    private async Task<bool> AddShardsAsync(InboxMembers members, CancellationToken cancellationToken)
    {
        try
        {
            await UseAsync<ShardTable>(table => table.AddAsync(Enumerable.Range(0, InboxShards.All).Except(members.Owners.Keys), cancellationToken)).ConfigureAwait(false);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another node made them, as the next look shows, a second later.
            return false;
        }
    }

    private Task GiveAsync(IReadOnlyCollection<int> shards, string? from, string? to, CancellationToken cancellationToken) =>
        UseAsync<ShardTable>(table => table.GiveAsync(shards, from, to, cancellationToken));

    [LoggerMessage(1580, LogLevel.Error, "This node cannot say that it works on the inbox, so it begins nothing and others take over; it goes on trying. Look at the database, and whether a migration is missing")]
    private partial void LogSilent(Exception exception);

    [LoggerMessage(1585, LogLevel.Debug, "The inbox is not used, and whether something waits in it could not be looked up")]
    private partial void LogNotUsed(Exception exception);

    [LoggerMessage(1581, LogLevel.Information, "This node works on the inbox again")]
    private partial void LogBack();
}
