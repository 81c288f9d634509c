using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Keeps the steps of a running attempt readable. It writes behind the flow, which never waits for it; of several changes that come
/// while it writes, only the newest is written.
/// </summary>
internal sealed partial class AttemptProgress(AttemptRecords store, ConnectAttempt attempt, ILogger logger)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<AttemptStep>? _next;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    public void Changed(IReadOnlyList<AttemptStep> steps)
    {
        lock (_gate)
        {
            _next = steps;
            if (_isWriting)
                return;
            _isWriting = true;
            _writing = Task.Run(WriteAsync);
        }
    }

    /// <summary>Forgets what is not being written yet and waits for what is.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _next = null;
            return _writing;
        }
    }

    private async Task WriteAsync()
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
                Log.NotWritten(logger, exception, attempt.Id);
            }
        }
    }

    private IReadOnlyList<AttemptStep>? Take()
    {
        lock (_gate)
        {
            var steps = _next;
            _next = null;
            _isWriting = steps is not null;
            return steps;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1314, LogLevel.Warning, "The progress of attempt {Attempt} could not be written; the attempt goes on")]
        public static partial void NotWritten(ILogger logger, Exception exception, Guid attempt);
    }
}
