using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Lets one request run an attempt and gives all others its outcome; of the requests of one node, one asks the store for all of them.</summary>
internal sealed partial class AttemptRunner(
    AttemptRecords store, NumberAuthority numbers, AttemptReader reader, ConnectNotices notices, LibraryMetrics metrics, TimeProvider time, ILogger<AttemptRunner> logger)
{
    private const int MaxKnown = 10_000;

    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Turn> _turns = new();
    private readonly ConcurrentDictionary<string, bool> _known = new();

    /// <summary>
    /// Claims the attempt and runs its story, or waits for who claimed it first. It does not stop when the browser goes away: the code is
    /// spent, so the outcome is worth having.
    /// </summary>
    /// <param name="mine">The attempt.</param>
    /// <param name="story">What it does once it is claimed.</param>
    /// <param name="refuse">Counts it before it is claimed, or says how long to wait. Who only wants an outcome that is there is not refused.</param>
    public async Task<ConnectEnd> RunAsync(ConnectAttempt mine, Func<ConnectRun, Task<ConnectResult>> story, Func<Task<TimeSpan?>>? refuse = null)
    {
        // From the first moment on: should this process die, somebody ends it and tells the host.
        mine = mine with { UndoAt = mine.ClaimedAt + AttemptReader.BrokenAfter };
        var turn = new Turn(mine.CodeHash);
        while (_turns.GetOrAdd(mine.StateHash, turn) is var other && other != turn)
        {
            if (other.CodeHash == mine.CodeHash)
                return await other.End.Task.ConfigureAwait(false);
            if (await other.Counts.Task.ConfigureAwait(false) is { } counts && counts != mine.CodeHash)
                return new ConnectEnd(ErrorCodes.StateUsed);
            await other.End.Task.ConfigureAwait(false);
        }

        try
        {
            return await RunAsync(mine, story, refuse, turn).ConfigureAwait(false);
        }
        finally
        {
            _turns.TryRemove(mine.StateHash, out _);
            turn.Counts.TrySetResult(null);
            turn.End.TrySetResult(new ConnectEnd(ErrorCodes.Interrupted));
        }
    }

    private async Task<ConnectEnd> RunAsync(ConnectAttempt mine, Func<ConnectRun, Task<ConnectResult>> story, Func<Task<TimeSpan?>>? refuse, Turn turn)
    {
        ConnectAttempt? stored;
        try
        {
            stored = await FindKnownAsync(mine).ConfigureAwait(false);
            if (stored is null && refuse is not null && await refuse().ConfigureAwait(false) is { } wait)
            {
                // Another node may have claimed it.
                stored = await FindAsync(mine).ConfigureAwait(false);
                if (stored is null)
                    return turn.Ends(new ConnectEnd(ErrorCodes.TooManyAttempts, RetryAfter: wait));
            }

            stored ??= await store.ClaimAsync(mine, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogClaimFailed(exception);
            return turn.Ends(new ConnectEnd(ErrorCodes.ServiceUnavailable));
        }

        turn.Counts.TrySetResult(stored.CodeHash);
        if (stored.Generation == mine.Generation)
            return await RunClaimedAsync(mine, story, turn).ConfigureAwait(false);
        return turn.Ends(stored.CodeHash == mine.CodeHash
            ? await WaitAsync(stored).ConfigureAwait(false)
            : new ConnectEnd(ErrorCodes.StateUsed));
    }

    /// <summary>
    /// What this node has seen before is looked for before it is counted and claimed once more. The first claim is one insert, and nothing is read for it, because a code of
    /// Meta's popup lives 30 seconds.
    /// </summary>
    private async Task<ConnectAttempt?> FindKnownAsync(ConnectAttempt mine)
    {
        if (_known.Count >= MaxKnown)
            _known.Clear();
        return _known.TryAdd(mine.StateHash, true) ? null : await FindAsync(mine).ConfigureAwait(false);
    }

    private Task<ConnectAttempt?> FindAsync(ConnectAttempt mine) => store.FindAsync(mine.AccountId, mine.Id, CancellationToken.None);

    private async Task<ConnectEnd> RunClaimedAsync(ConnectAttempt attempt, Func<ConnectRun, Task<ConnectResult>> story, Turn turn)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("connect");
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        var run = new ConnectRun(attempt, new AttemptJournal(store, attempt, metrics, time, logger), deadline.Token);
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
        metrics.ConnectEnded(attempt.Way, result.Code, time.GetUtcNow() - attempt.ClaimedAt);
        activity?.SetTag(TagNames.Outcome, result.Code);

        await run.Journal.StopAsync().ConfigureAwait(false);
        var end = turn.Ends(await RecordAsync(run.Journal.Ended(result)).ConfigureAwait(false));

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

        return EndOf(ended);
    }

    private async Task<ConnectEnd> WaitAsync(ConnectAttempt attempt)
    {
        var began = time.GetTimestamp();
        while (attempt.Outcome is null)
        {
            if (reader.IsBroken(attempt) || time.GetElapsedTime(began) >= AttemptReader.ClaimLife)
                return await RecordAsync(await reader.EndedAsync(attempt).ConfigureAwait(false)).ConfigureAwait(false);

            await Task.Delay(Poll, time).ConfigureAwait(false);
            attempt = await store.FindAsync(attempt.AccountId, attempt.Id, CancellationToken.None).ConfigureAwait(false)
                ?? attempt with { Outcome = ErrorCodes.Interrupted };
        }

        return EndOf(attempt);
    }

    private ConnectEnd EndOf(ConnectAttempt ended) => new(ended.Outcome ?? ErrorCodes.Interrupted, ended)
    {
        Numbers = new Lazy<Task<AccountPhoneNumbers>>(() => numbers.ReadAsync(ended.AccountId, CancellationToken.None)),
    };

    /// <summary>One request of this node that works on a state; others of the same wait for it.</summary>
    private sealed class Turn(string codeHash)
    {
        public string CodeHash { get; } = codeHash;

        /// <summary>The hash of the answer that was claimed, by whomever; null where that is not known.</summary>
        public TaskCompletionSource<string?> Counts { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<ConnectEnd> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConnectEnd Ends(ConnectEnd end)
        {
            End.TrySetResult(end);
            return end;
        }
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
