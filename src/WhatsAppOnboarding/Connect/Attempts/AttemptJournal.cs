using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Writes down each step of one attempt as it ends; steps may run side by side.</summary>
internal sealed class AttemptJournal(TimeProvider time, Action<IReadOnlyList<AttemptStep>> changed)
{
    private readonly List<AttemptStep> _steps = [];

    public IReadOnlyList<AttemptStep> Steps
    {
        get
        {
            lock (_steps)
                return [.. _steps];
        }
    }

    /// <summary>Runs a step. The flow's own deadline ends it as Meta's silence; every other exception is none of its business.</summary>
    public async Task<StepResult<T>> RunAsync<T>(
        string step, WabaId? waba, Func<CancellationToken, Task<StepResult<T>>> deed, CancellationToken deadline)
        where T : class
    {
        var started = time.GetTimestamp();
        StepResult<T> result;
        try
        {
            result = await deed(deadline).ConfigureAwait(false);
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
        lock (_steps)
        {
            _steps.Add(entry);
            changed([.. _steps]);
        }

        return result;
    }

    /// <summary>Writes down a step that was done elsewhere; it is told with the next one, so that nothing is written before a code is exchanged.</summary>
    public void Note(AttemptStep step)
    {
        lock (_steps)
            _steps.Add(step);
    }
}
