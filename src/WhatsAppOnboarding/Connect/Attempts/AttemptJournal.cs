using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Writes down each step of one attempt as it ends; steps may run side by side. They are stored behind the flow, which never waits for that; of several
/// steps that end while it stores, only the newest state is stored.
/// </summary>
internal sealed partial class AttemptJournal(AttemptRecords store, ConnectAttempt attempt, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<AttemptStep> _steps = [];
    private Task _storing = Task.CompletedTask;
    private bool _isStoring;
    private bool _hasNews;

    public IReadOnlyList<AttemptStep> Steps
    {
        get
        {
            lock (_gate)
                return [.. _steps];
        }
    }

    /// <summary>Runs a step. The flow's own deadline ends it as Meta's silence; every other exception is none of its business.</summary>
    public async Task<StepResult<T>> RunAsync<T>(
        string step, WabaId? waba, Func<CancellationToken, Task<StepResult<T>>> run, CancellationToken deadline)
        where T : class
    {
        var started = time.GetTimestamp();
        StepResult<T> result;
        try
        {
            result = await run(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            result = new StepResult<T>(ErrorCodes.MetaTimeout);
        }

        var entry = new AttemptStep(
            step,
            time.GetUtcNow(),
            (long)time.GetElapsedTime(started).TotalMilliseconds,
            result.Code ?? "ok",
            waba?.ToString(),
            result.Error?.Code,
            result.Error?.TraceId);
        lock (_gate)
        {
            _steps.Add(entry);
            _hasNews = true;
            if (!_isStoring)
            {
                _isStoring = true;
                _storing = Task.Run(StoreAsync, CancellationToken.None);
            }
        }

        return result;
    }

    /// <summary>Writes down a step that was done elsewhere; it is stored with the next one, so that nothing is stored before a code is exchanged.</summary>
    public void Note(AttemptStep step)
    {
        lock (_gate)
            _steps.Add(step);
    }

    /// <summary>Forgets what is not being stored yet and waits for what is.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _hasNews = false;
            return _storing;
        }
    }

    private async Task StoreAsync()
    {
        while (Take() is { } steps)
        {
            try
            {
                await store.UpdateAsync(attempt with { Steps = steps }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // The end of the attempt writes all its steps once more.
                Log.NotStored(logger, exception, attempt.Id);
            }
        }
    }

    private IReadOnlyList<AttemptStep>? Take()
    {
        lock (_gate)
        {
            _isStoring = _hasNews;
            _hasNews = false;
            return _isStoring ? [.. _steps] : null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1314, LogLevel.Warning, "The progress of attempt {Attempt} could not be written; the attempt goes on")]
        public static partial void NotStored(ILogger logger, Exception exception, Guid attempt);
    }
}
