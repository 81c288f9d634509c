using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Takes what waits in this node's shards, as much as is worked soon, hands it on in order, and removes what is done. Enough of one lane is in hand at most, so that the others are
/// reached, however much waits before them.
/// </summary>
internal sealed partial class InboxWorker(
    EfWebhookIntake intake, InboxNode node, InboxEndings endings, IWebhookWork work, IServiceProvider services, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<InboxWorker> logger)
    : BackgroundService
{
    private const int MostAtOnce = 400;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BacklogEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(20);

    private readonly InHand _inHand = new(time);
    private readonly List<long> _unsure = [];
    private long _tookAt;
    private long _countedAt;
    private TimeSpan _countingTook;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start is not to wait for this.
        await Task.Yield();
        await node.UntilNeededAsync(() => options.CurrentValue.Webhooks is { UseInbox: true, UseLedger: true } && services.GetService<IWebhookIntake>() == intake, stoppingToken).ConfigureAwait(false);
        var beating = BeatAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await node.WaitAsync(await TakeAllAsync(stoppingToken).ConfigureAwait(false), stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAsync().ConfigureAwait(false);
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(InboxNode.Every, time);
        do
        {
            await node.BeatAsync(_inHand.IsWorkedOn, stoppingToken).ConfigureAwait(false);
            _inHand.LeaveAllBut(node.Own);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Takes until nothing is left to take, or enough is in hand. When to look again at the latest.</summary>
    private async Task<TimeSpan> TakeAllAsync(CancellationToken stoppingToken)
    {
        var began = time.GetTimestamp();
        try
        {
            await CountNowAndThenAsync(stoppingToken).ConfigureAwait(false);
            await ReleaseUnsureAsync(stoppingToken).ConfigureAwait(false);
            for (var took = false; await TakeSomeAsync(noticesFirst: took, stoppingToken).ConfigureAwait(false); took = true)
                _tookAt = time.GetTimestamp();

            // Others take in what is this node's to work on, and nobody says so.
            var next = node.HasOthers && time.GetElapsedTime(_tookAt) < Busy ? Soon : InboxNode.Every;
            var looking = time.GetElapsedTime(began);
            return next > looking ? next : looking;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotTaken(exception);
            return InboxNode.Every;
        }
    }

    /// <summary>Whether there may be more to take.</summary>
    private async Task<bool> TakeSomeAsync(bool noticesFirst, CancellationToken stoppingToken)
    {
        var query = new InboxQuery(node.Id, node.Shards, time.GetUtcNow()) { Full = _inHand.Full(), WithoutDoubtful = _inHand.HasDoubtful };

        // Where much waits, what Meta says of numbers does not wait for its turn.
        if (noticesFirst)
            await TakeSomeAsync(query with { NoticesOnly = true }, stoppingToken).ConfigureAwait(false);
        return await TakeSomeAsync(query, stoppingToken).ConfigureAwait(false);
    }

    private async Task<bool> TakeSomeAsync(InboxQuery query, CancellationToken stoppingToken)
    {
        if (query.Shards.Count == 0 || _inHand.IsFull)
            return false;
        var due = await node.UseAsync<InboxTable, IReadOnlyList<InboxHead>>(table => table.ListDueAsync(query, MostAtOnce, stoppingToken)).ConfigureAwait(false);
        var chosen = _inHand.Choose(due);
        if (chosen.Count == 0)
            return false;
        await BeginAsync(chosen, query.Node, stoppingToken).ConfigureAwait(false);
        return true;
    }

    private async Task BeginAsync(IReadOnlyList<InboxHead> chosen, string me, CancellationToken stoppingToken)
    {
        var left = chosen.ToDictionary(head => head.Id);
        try
        {
            long[] ids = [.. left.Keys];
            foreach (var row in await node.UseAsync<InboxTable, IReadOnlyList<InboxRow>>(table => table.TakeAsync(ids, me, stoppingToken)).ConfigureAwait(false))
            {
                left.Remove(row.Id, out var head);
                _ = WorkAsync(head!, row, stoppingToken);
            }
        }
        catch
        {
            // They may be this node's without its knowing of them.
            _unsure.AddRange(left.Keys);
            throw;
        }
        finally
        {
            foreach (var head in left.Values)
                _inHand.Remove(head);
        }
    }

    private async Task ReleaseUnsureAsync(CancellationToken stoppingToken)
    {
        if (_unsure.Count == 0)
            return;
        await node.UseAsync<InboxTable>(table => table.ReleaseAsync(node.Id, _unsure, stoppingToken)).ConfigureAwait(false);
        _unsure.Clear();
    }

    private async Task WorkAsync(InboxHead head, InboxRow row, CancellationToken stoppingToken)
    {
        try
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _inHand.LeavingOf(head));
            var result = await work.WorkAsync(row.ToDelivery(), leaving.Token).ConfigureAwait(false);
            await endings.EndAsync(row, result, leaving.IsCancellationRequested, stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            if (_inHand.Remove(head))
                node.Signal();
        }
    }

    /// <summary>Counts what waits now and then, and the more seldom the longer that takes. What cannot be counted can still be worked.</summary>
    private async Task CountNowAndThenAsync(CancellationToken stoppingToken)
    {
        if (_countedAt != 0 && time.GetElapsedTime(_countedAt) < BacklogEvery + (20 * _countingTook))
            return;
        var began = time.GetTimestamp();
        try
        {
            intake.Note(await node.UseAsync<InboxTable, IReadOnlyList<InboxLane>>(table => table.CountAsync(stoppingToken)).ConfigureAwait(false));
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotCounted(exception);
        }

        (_countedAt, _countingTook) = (time.GetTimestamp(), time.GetElapsedTime(began));
    }

    /// <summary>What is under way may end, and then everything is let go of, so that other nodes go on at once.</summary>
    private async Task StopAsync()
    {
        try
        {
            await _inHand.EmptyAsync().WaitAsync(StoppingTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var limit = new CancellationTokenSource(StoppingTime, time);
            await node.LeaveAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotLeft(exception);
        }
    }

    [LoggerMessage(1582, LogLevel.Error, "Nothing could be taken from the inbox; the next try is in a second. Look at the database, and whether a migration is missing")]
    private partial void LogNotTaken(Exception exception);

    [LoggerMessage(1586, LogLevel.Warning, "What waits in the inbox could not be counted; it is worked all the same, and nothing is refused for too much of it that is not known")]
    private partial void LogNotCounted(Exception exception);

    [LoggerMessage(1584, LogLevel.Warning, "This node could not leave the inbox in order; other nodes take over after some seconds")]
    private partial void LogNotLeft(Exception exception);
}
