using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Notes what came of what this node had taken: removes what is done, what ends at the same time in one statement, and says when the rest is due again. A singleton.
/// </summary>
internal sealed partial class InboxEndings
{
    private const int RemovedTogether = 500;

    private readonly InboxNode _node;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxEndings> _logger;
    private readonly Together<long, bool> _removals;

    public InboxEndings(InboxNode node, TimeProvider time, ILogger<InboxEndings> logger)
    {
        (_node, _time, _logger) = (node, time, logger);
        _removals = new(RemovedTogether, RemoveAsync);
    }

    /// <summary>Ends only when it is noted, or the node stops: this node has it, and nobody else will.</summary>
    /// <param name="row">What was taken.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="isLeft">Whether it was not to be begun any more.</param>
    /// <param name="stoppingToken">The node stops.</param>
    public async Task EndAsync(InboxRow row, WorkResult result, bool isLeft, CancellationToken stoppingToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await NoteAsync(row, result, isLeft, stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                LogNotEnded(exception);
                if (stoppingToken.IsCancellationRequested)
                    return;
                await Task.Delay(WebhookRepeats.After(tries), _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task NoteAsync(InboxRow row, WorkResult result, bool isLeft, CancellationToken stoppingToken)
    {
        if (result is WorkResult.Done)
            return _removals.AddAsync(row.Id, CancellationToken.None);

        // What was not begun when the node stops is let go of with the rest.
        if (result is WorkResult.Postponed && stoppingToken.IsCancellationRequested)
            return Task.CompletedTask;
        if (result is WorkResult.Postponed && isLeft)
            return _node.UseAsync<InboxTable>(table => table.ReleaseAsync(_node.Id, [row.Id], CancellationToken.None));
        var failures = result is WorkResult.Failed ? row.Failures + 1 : row.Failures;
        var after = result is WorkResult.Failed ? WebhookRepeats.After(failures) : WebhookRepeats.After(2);
        _ = SignalAsync(after, stoppingToken);
        return _node.UseAsync<InboxTable>(table => table.RepeatAsync(row.Id, _time.GetUtcNow() + after, failures, CancellationToken.None));
    }

    private async Task SignalAsync(TimeSpan after, CancellationToken stoppingToken)
    {
        await Task.Delay(after, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _node.Signal();
    }

    private async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<long> ids)
    {
        await _node.UseAsync<InboxTable>(table => table.RemoveAsync([.. ids], CancellationToken.None)).ConfigureAwait(false);
        return new bool[ids.Count];
    }

    [LoggerMessage(1583, LogLevel.Error, "What came of a delivery could not be noted; it is tried again")]
    private partial void LogNotEnded(Exception exception);
}
