using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace WhatsAppOnboarding.Graph;

/// <summary>Puts limits of time around a call and repeats it where that is safe.</summary>
/// <remarks>The limits cannot be <see cref="HttpClient.Timeout"/>, which would cover all attempts together.</remarks>
internal sealed partial class GraphPipeline
{
    private static readonly ResiliencePropertyKey<Sending> Key = new(nameof(Sending));
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public GraphPipeline(TimeProvider time, ILogger<GraphClient> log)
    {
        _time = time;
        _log = log;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => new(Of(args.Context).TotalTimeout) })
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => new(ShouldRepeat(args)),
                MaxRetryAttempts = int.MaxValue,
                Delay = TimeSpan.FromMilliseconds(250),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxDelay = TimeSpan.FromSeconds(2),
                DelayGenerator = args => new(ErrorOf(args.Outcome)?.RetryAfter),
                OnRetry = LogRepeat,
            })
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => new(Of(args.Context).AttemptTimeout) })
            .Build();
    }

    /// <summary>Runs the attempts of one call. Ends in a result, or in the caller's own cancellation.</summary>
    public async Task<GraphResult<T>> RunAsync<T>(
        GraphCall<T> call, GraphOptions options, Func<CancellationToken, Task<GraphResult<T>>> attempt, CancellationToken cancellationToken)
        where T : class
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Key, new Sending(
            call.Operation,
            call.IsSafe ? options.MaxRetries : 0,
            call.MovesFile ? options.FileTimeout : options.AttemptTimeout,
            call.MovesFile ? options.FileTimeout : options.TotalTimeout,
            _time.GetTimestamp()));
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken).ConfigureAwait(false), context, attempt).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return new GraphError { Kind = GraphErrorKind.TimedOut, Operation = call.Operation };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Sending Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    private static GraphError? ErrorOf(Outcome<object> outcome) => (outcome.Result as IGraphOutcome)?.Error;

    private bool ShouldRepeat(RetryPredicateArguments<object> args)
    {
        var sending = Of(args.Context);
        if (args.AttemptNumber >= sending.MaxRetries)
            return false;

        // A wait that would outlast the call is the caller's to make.
        var left = sending.TotalTimeout - _time.GetElapsedTime(sending.Started);
        return args.Outcome.Exception is TimeoutRejectedException
            || (ErrorOf(args.Outcome) is { } error && error.Kind.MayPass() && (error.RetryAfter is not { } wait || wait < left));
    }

    private ValueTask LogRepeat(OnRetryArguments<object> args)
    {
        var kind = ErrorOf(args.Outcome)?.Kind ?? GraphErrorKind.TimedOut;
        LogRepeating(Of(args.Context).Operation, kind, args.AttemptNumber + 2, (long)args.RetryDelay.TotalMilliseconds);
        return default;
    }

    private sealed record Sending(string Operation, int MaxRetries, TimeSpan AttemptTimeout, TimeSpan TotalTimeout, long Started);

    [LoggerMessage(1002, LogLevel.Information, "Graph call {Operation} ended as {Kind}; attempt {Attempt} follows in {Milliseconds} ms.")]
    private partial void LogRepeating(string operation, GraphErrorKind kind, int attempt, long milliseconds);
}
