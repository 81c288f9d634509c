using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Lets one request run an attempt and gives all others its outcome.</summary>
internal sealed partial class AttemptRunner(
    AttemptRecords store, AttemptReader reader, ConnectNotices notices, TimeProvider time, ILogger<AttemptRunner> logger)
{
    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Claims the attempt and runs its story, or waits for who claimed it first. It does not stop when the browser goes away: the code is
    /// spent, so the outcome is worth having.
    /// </summary>
    public async Task<ConnectEnd> RunAsync(ConnectAttempt mine, Func<ConnectRun, Task<ConnectResult>> story)
    {
        ConnectAttempt stored;
        try
        {
            stored = await store.ClaimAsync(mine, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogClaimFailed(exception);
            return new ConnectEnd(ErrorCodes.ServiceUnavailable);
        }

        if (stored.Generation == mine.Generation)
            return await RunClaimedAsync(mine, story).ConfigureAwait(false);
        return stored.CodeHash == mine.CodeHash
            ? await WaitAsync(stored).ConfigureAwait(false)
            : new ConnectEnd(ErrorCodes.StateUsed);
    }

    private async Task<ConnectEnd> RunClaimedAsync(ConnectAttempt attempt, Func<ConnectRun, Task<ConnectResult>> story)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("connect");
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        var run = new ConnectRun(attempt, new AttemptJournal(store, attempt, time, logger), deadline.Token);
        ConnectResult result;
        try
        {
            result = await story(run).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFlowBroke(exception, attempt.Id);
            result = new ConnectResult(ErrorCodes.Interrupted);
        }

        var level = ErrorCatalogue.LevelOf(result.Code);
        var account = attempt.AccountId.ToString();
        LogEnded(level, account, attempt.Id, result.Code, result.PhoneCount);
        notices.Measure(result.Code, time.GetUtcNow() - attempt.ClaimedAt);
        activity?.SetTag(TagNames.Outcome, result.Code);

        await run.Journal.StopAsync().ConfigureAwait(false);
        var end = await RecordAsync(attempt with
        {
            EndedAt = time.GetUtcNow(),
            Outcome = result.Code,
            PhoneCount = result.PhoneCount,
            Steps = run.Journal.Steps,
            WaitingGrant = result.WaitingGrant,
            WaitsUntil = result.WaitsUntil,
        }).ConfigureAwait(false);

        // Last, for the host's handlers may take their time and others wait for the outcome.
        if (result.Write is { } write)
            await notices.SendAsync(attempt, write).ConfigureAwait(false);
        return end;
    }

    private async Task<ConnectEnd> RecordAsync(ConnectAttempt ended)
    {
        try
        {
            ended = await store.UpdateAsync(ended, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whoever started it still learns what happened; later requests will find it broken off.
            LogRecordFailed(exception, ended.Id);
        }

        return new ConnectEnd(ended.Outcome ?? ErrorCodes.Interrupted, ended);
    }

    private async Task<ConnectEnd> WaitAsync(ConnectAttempt attempt)
    {
        while (attempt.Outcome is null)
        {
            if (reader.IsBroken(attempt))
                return await RecordAsync(await reader.EndedAsync(attempt).ConfigureAwait(false)).ConfigureAwait(false);

            await Task.Delay(Poll, time).ConfigureAwait(false);
            attempt = await store.FindAsync(attempt.AccountId, attempt.Id, CancellationToken.None).ConfigureAwait(false)
                ?? attempt with { Outcome = ErrorCodes.Interrupted };
        }

        return new ConnectEnd(attempt.Outcome, attempt);
    }

    [LoggerMessage(EventId = 1310, Message = "Account {Account}: attempt {Attempt} ended as {Outcome} with {Count} numbers")]
    private partial void LogEnded(LogLevel level, string account, Guid attempt, string outcome, int count);

    [LoggerMessage(1311, LogLevel.Error, "Attempt {Attempt} broke off")]
    private partial void LogFlowBroke(Exception exception, Guid attempt);

    [LoggerMessage(1312, LogLevel.Error, "An attempt could not be claimed; nothing was exchanged")]
    private partial void LogClaimFailed(Exception exception);

    [LoggerMessage(1313, LogLevel.Error, "The outcome of attempt {Attempt} could not be recorded")]
    private partial void LogRecordFailed(Exception exception, Guid attempt);
}
