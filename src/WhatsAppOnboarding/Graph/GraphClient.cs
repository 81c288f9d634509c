using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Makes calls to Meta and says how they went.</summary>
internal sealed partial class GraphClient(
    GraphTransport transport, GraphPipeline pipeline, GraphMetrics metrics, IOptionsMonitor<GraphOptions> options, TimeProvider time, ILogger<GraphClient> log)
    : IGraphClient
{
    private const int BadParameter = 100;

    public async Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(call);
        using var activity = LibraryActivities.Source.StartActivity($"graph.{call.Operation}", ActivityKind.Client);
        var started = time.GetTimestamp();
        try
        {
            var result = await AttemptAsync(call, options.CurrentValue, cancellationToken).ConfigureAwait(false);
            Report(activity, call.Operation, result.Error, time.GetElapsedTime(started));
            return result;
        }
        catch (OperationCanceledException)
        {
            activity?.SetTag(TagNames.Outcome, "canceled");
            metrics.Record(call.Operation, "canceled", time.GetElapsedTime(started));
            throw;
        }
    }

    private Task<GraphResult<T>> AttemptAsync<T>(GraphCall<T> call, GraphOptions current, CancellationToken cancellationToken)
        where T : class
    {
        var namesFields = true;
        return pipeline.RunAsync(call, current, OnceAsync, cancellationToken);

        async Task<GraphResult<T>> OnceAsync(CancellationToken limited)
        {
            var result = await transport.SendAsync(call, current, namesFields, limited).ConfigureAwait(false);
            if (!namesFields || call.Fields is null || result.Error is not { Kind: GraphErrorKind.Rejected, Code: BadParameter } error)
                return result;

            Log.AskingPlainly(log, call.Operation, error.Code, error.Subcode, error.TraceId);
            namesFields = false;
            return await transport.SendAsync(call, current, namesFields, limited).ConfigureAwait(false);
        }
    }

    private void Report(Activity? activity, string operation, GraphError? error, TimeSpan duration)
    {
        var outcome = error?.Kind.ToOutcome() ?? "ok";
        var milliseconds = (long)duration.TotalMilliseconds;
        metrics.Record(operation, outcome, duration);
        activity?.SetTag(TagNames.Operation, operation).SetTag(TagNames.Outcome, outcome);
        if (error is null)
        {
            Log.Succeeded(log, operation, milliseconds);
            return;
        }

        if (error.HttpStatus is null)
            Log.Unanswered(log, operation, error.Kind, error.Reason ?? "time", milliseconds);
        else
            Log.Failed(log, operation, error.Kind, error.HttpStatus, error.Code, error.Subcode, error.TraceId, milliseconds);
        activity?.SetStatus(ActivityStatusCode.Error)
            .SetTag(TagNames.HttpStatus, error.HttpStatus)
            .SetTag(TagNames.MetaCode, error.Code)
            .SetTag(TagNames.MetaSubcode, error.Subcode)
            .SetTag(TagNames.MetaTraceId, error.TraceId);
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Debug, "Graph call {Operation} succeeded in {Milliseconds} ms.")]
        public static partial void Succeeded(ILogger log, string operation, long milliseconds);

        [LoggerMessage(1001, LogLevel.Warning, "Graph call {Operation} failed as {Kind}: HTTP {Status}, code {Code}, subcode {Subcode}, fbtrace_id {TraceId}, {Milliseconds} ms.")]
        public static partial void Failed(ILogger log, string operation, GraphErrorKind kind, int? status, int? code, int? subcode, string? traceId, long milliseconds);

        [LoggerMessage(1004, LogLevel.Warning, "Graph call {Operation} failed as {Kind} without an answer: {Reason}, {Milliseconds} ms.")]
        public static partial void Unanswered(ILogger log, string operation, GraphErrorKind kind, string reason, long milliseconds);

        [LoggerMessage(1003, LogLevel.Warning, "Graph call {Operation} was refused (code {Code}, subcode {Subcode}, fbtrace_id {TraceId}) and is made once more without naming fields. Check the configured field list against the Graph API version.")]
        public static partial void AskingPlainly(ILogger log, string operation, int? code, int? subcode, string? traceId);
    }
}
