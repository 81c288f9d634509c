using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Writes down each step of one attempt as it ends; steps may run side by side. They are stored behind the flow, which never waits for that; of several
/// steps that end while it stores, only the newest state is stored.
/// </summary>
internal sealed partial class AttemptJournal(AttemptRecords store, ConnectAttempt attempt, LibraryMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>After this somebody tries again to undo what could not be undone.</summary>
    public static readonly TimeSpan UndoneAfter = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly List<AttemptStep> _steps = [];
    private readonly Dictionary<WabaId, AttemptStep> _begun = [];
    private readonly HashSet<WabaId> _written = [];
    private SealedSecret? _token;
    private Task _storing = Task.CompletedTask;
    private bool _isStoring;
    private bool _hasNews;

    /// <summary>The attempt at its end, with what is left to be undone by whoever comes next.</summary>
    public ConnectAttempt Ended(ConnectResult result)
    {
        var steps = Steps;
        var now = time.GetUtcNow();
        var isLeft = steps.Where(step => step is { Step: StepNames.Unsubscribe, WabaId: not null }).GroupBy(step => step.WabaId).Any(of => of.Last().Result != "ok");
        return attempt with
        {
            EndedAt = now,
            Outcome = result.Code,
            PhoneCount = result.PhoneCount,
            Steps = steps,
            WaitingGrant = result.WaitingGrant,
            WaitsUntil = result.WaitsUntil,
            UndoToken = isLeft ? _token : null,
            UndoAt = isLeft && _token is not null ? now + UndoneAfter : null,
        };
    }

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

        var entry = new AttemptStep
        {
            Step = step,
            EndedAt = time.GetUtcNow(),
            Milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds,
            Result = result.Code ?? "ok",
            WabaId = waba?.ToString(),
            MetaCode = result.Error?.Code,
            MetaTraceId = result.Error?.TraceId,
        };
        metrics.StepEnded(step, result.Code);
        lock (_gate)
        {
            _steps.Add(entry);
            if (step == StepNames.Subscribe && waba is { } subscribed)
                _begun.Remove(subscribed);
            StoreSoon();
        }

        return result;
    }

    /// <summary>
    /// Writes down that the app is about to be subscribed to these WABAs, and waits until that is stored: nothing that we begin at Meta is ever forgotten, and
    /// deliveries of a WABA that is about to be held can be told from all others. With it goes the token, sealed, by which it can be undone.
    /// </summary>
    /// <returns>Whether it is stored; if not, nothing may be begun.</returns>
    public async Task<bool> BeginAsync(IReadOnlyCollection<WabaId> wabas, SealedSecret token)
    {
        if (wabas.Count == 0)
            return true;
        _token = token;
        await Begin(wabas).ConfigureAwait(false);
        lock (_gate)
        {
            if (wabas.All(_written.Contains))
                return true;
            foreach (var waba in wabas)
                _begun.Remove(waba);
            return false;
        }
    }

    private Task Begin(IReadOnlyCollection<WabaId> wabas)
    {
        lock (_gate)
        {
            foreach (var waba in wabas)
            {
                _begun[waba] = new AttemptStep
                {
                    Step = StepNames.Subscribe,
                    EndedAt = time.GetUtcNow(),
                    Milliseconds = 0,
                    Result = AttemptStep.Begun,
                    WabaId = waba.ToString(),
                };
            }

            StoreSoon();
            return _storing;
        }
    }

    private void StoreSoon()
    {
        _hasNews = true;
        if (_isStoring)
            return;
        _isStoring = true;
        _storing = Task.Run(StoreAsync, CancellationToken.None);
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
        while (Take() is var (steps, begun))
        {
            try
            {
                var stored = await store.UpdateAsync(
                    attempt with { Steps = steps, UndoToken = _token }, CancellationToken.None).ConfigureAwait(false);

                // Somebody may have ended it: then nothing was stored.
                lock (_gate)
                    _written.UnionWith(stored.Outcome is null ? begun : []);
            }
            catch (Exception exception)
            {
                // The end of the attempt writes all its steps once more.
                LogNotStored(exception, attempt.Id);
            }
        }
    }

    private (IReadOnlyList<AttemptStep> Steps, IReadOnlyList<WabaId> Begun)? Take()
    {
        lock (_gate)
        {
            _isStoring = _hasNews;
            _hasNews = false;
            return _isStoring ? ([.. _steps, .. _begun.Values], [.. _begun.Keys]) : null;
        }
    }

    [LoggerMessage(1314, LogLevel.Warning, "The progress of attempt {Attempt} could not be written; the attempt goes on")]
    private partial void LogNotStored(Exception exception, Guid attempt);
}
