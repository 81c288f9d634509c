using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Makes calls to Meta and says how they went: in a span, in a measurement, and in the log, with what an error means and what the operator can do.</summary>
internal sealed partial class GraphClient(
    IHttpClientFactory clients, LibraryMetrics metrics, IOptionsMonitor<GraphOptions> options, TimeProvider time, ILogger<GraphClient> log)
    : IGraphClient
{
    // A configuration that is read anew arrives within seconds; who waits for the call waits no longer than for a slow answer.
    private static readonly TimeSpan SecretWait = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SecretPoll = TimeSpan.FromMilliseconds(500);

    private readonly GraphPipeline _pipeline = new(time, log);
    private string? _acceptedSecret;

    /// <summary>How much of Meta's limits the calls of this process have used.</summary>
    public GraphUsage Usage { get; } = new();

    private GraphTransport Transport => field ??= new(clients, Usage, time);

    public async Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(call);
        using var activity = LibraryDiagnostics.Activities.StartActivity($"graph.{call.Operation}", ActivityKind.Client);
        var started = time.GetTimestamp();
        try
        {
            var asked = options.CurrentValue;
            var result = await AttemptAsync(call, asked, cancellationToken).ConfigureAwait(false);
            if (await NewerSecretAsync(result.Error, asked, cancellationToken).ConfigureAwait(false) is { } newer)
            {
                LogAskingWithNewerSecret(call.Operation);
                result = await AttemptAsync(call, newer, cancellationToken).ConfigureAwait(false);
            }

            Report(activity, call.Operation, result.Error, time.GetElapsedTime(started));
            if (result.OddFields.Count > 0)
                LogOdd(call.Operation, string.Join(", ", result.OddFields));
            if (result.Error is { } error && MetaErrors.RowOf(error) is { } row)
                Explain(error, row, !call.Query.Any(parameter => parameter is { Name: "redirect_uri", Value: not null }));
            return result;
        }
        catch (OperationCanceledException)
        {
            activity?.SetTag(TagNames.Outcome, "canceled");
            metrics.CallEnded(call.Operation, "canceled", time.GetElapsedTime(started));
            throw;
        }
    }

    private Task<GraphResult<T>> AttemptAsync<T>(GraphCall<T> call, GraphOptions current, CancellationToken cancellationToken)
        where T : class
    {
        var shape = GraphShape.Full;
        return _pipeline.RunAsync(call, current, OnceAsync, cancellationToken);

        async Task<GraphResult<T>> OnceAsync(CancellationToken limited)
        {
            GraphResult<T>? unproved = null;
            while (true)
            {
                var result = await Transport.SendAsync(call, current, shape, limited).ConfigureAwait(false);
                if (result.Error is null && shape.Proves && call.Credential.OtherSecret is null)
                    _acceptedSecret = current.AppSecret;
                if (shape.Simpler(call, result.Error) is not { } simpler)
                    return BlamesSecret(result.Error) ? unproved ?? result : result;

                if (simpler.Proves != shape.Proves)
                {
                    unproved = result;
                    LogAskingWithoutProof(call.Operation);
                }
                else if (simpler.NamesFields == shape.NamesFields)
                    LogAskingForLess(call.Operation, simpler.Limit);
                else
                    LogAskingPlainly(call.Operation, result.Error!.Code, result.Error.Subcode, result.Error.TraceId);
                shape = simpler;
            }
        }
    }

    /// <summary>
    /// The configuration with another app secret, if the one that was used was refused. While it is replaced, Meta has the new one a moment before this process: a call that is refused for
    /// that has done nothing, so that whatever it is it may be made again; and where Meta took this secret a moment ago the new one is waited for, once.
    /// </summary>
    private async Task<GraphOptions?> NewerSecretAsync(GraphError? error, GraphOptions asked, CancellationToken cancellationToken)
    {
        if (!BlamesSecret(error))
            return null;
        for (var started = time.GetTimestamp(); options.CurrentValue.AppSecret == asked.AppSecret; await Task.Delay(SecretPoll, time, cancellationToken).ConfigureAwait(false))
        {
            if (_acceptedSecret != asked.AppSecret)
                return null;
            if (time.GetElapsedTime(started) >= SecretWait)
                _acceptedSecret = null;
        }

        return options.CurrentValue;
    }

    private static bool BlamesSecret(GraphError? error) => error is not null && MetaErrors.RowOf(error) is { BlamesSecret: true };

    private void Report(Activity? activity, string operation, GraphError? error, TimeSpan duration)
    {
        var outcome = error?.Kind.ToOutcome() ?? TagNames.Ok;
        var milliseconds = (long)duration.TotalMilliseconds;
        metrics.CallEnded(operation, outcome, duration);
        activity?.SetTag(TagNames.Operation, operation).SetTag(TagNames.Outcome, outcome);
        if (error is null)
        {
            LogSucceeded(operation, milliseconds);
            return;
        }

        if (error.HttpStatus is null)
            LogUnanswered(operation, error.Kind, error.Reason ?? "time", milliseconds);
        else if (error.Code is { } code)
            LogFailed(operation, error.Kind, error.HttpStatus.Value, code, (object?)error.Subcode ?? "-", error.TraceId ?? "-", milliseconds);
        else
            LogNotMetas(operation, error.Kind, error.HttpStatus.Value, error.Reason ?? "unreadable", milliseconds);
        activity?.SetStatus(ActivityStatusCode.Error)
            .SetTag(TagNames.HttpStatus, error.HttpStatus)
            .SetTag(TagNames.MetaCode, error.Code)
            .SetTag(TagNames.MetaSubcode, error.Subcode)
            .SetTag(TagNames.MetaTraceId, error.TraceId);
    }

    /// <summary>A code of the popup has no redirect URI, so that nothing is wrong with the one that is configured.</summary>
    private void Explain(GraphError error, MetaErrorRow row, bool hasNoRedirectUri)
    {
        if (row.Cure is not { } cure || (hasNoRedirectUri && row.Stable == ErrorCodes.RedirectMismatch))
            LogMeans(error.Operation, error.Code, error.Subcode, row.Cause);
        else if (row.Stable is ErrorCodes.AppMisconfigured or ErrorCodes.RedirectMismatch)
            LogBroken(error.Operation, error.Code, error.Subcode, row.Cause, cure);
        else
            LogMayBeBroken(error.Operation, error.Code, error.Subcode, row.Cause, cure);
    }

    [LoggerMessage(1000, LogLevel.Debug, "Graph call {Operation} succeeded in {Milliseconds} ms.")]
    private partial void LogSucceeded(string operation, long milliseconds);

    [LoggerMessage(1001, LogLevel.Warning, "Graph call {Operation} failed as {Kind}: HTTP {Status}, code {Code}, subcode {Subcode}, fbtrace_id {TraceId}, {Milliseconds} ms.")]
    private partial void LogFailed(string operation, GraphErrorKind kind, int status, int code, object subcode, string traceId, long milliseconds);

    [LoggerMessage(1005, LogLevel.Warning, "Graph call {Operation} failed as {Kind}: HTTP {Status} without an error code of Meta's: {Reason}, {Milliseconds} ms.")]
    private partial void LogNotMetas(string operation, GraphErrorKind kind, int status, string reason, long milliseconds);

    [LoggerMessage(1004, LogLevel.Warning, "Graph call {Operation} failed as {Kind} without an answer: {Reason}, {Milliseconds} ms.")]
    private partial void LogUnanswered(string operation, GraphErrorKind kind, string reason, long milliseconds);

    [LoggerMessage(1003, LogLevel.Warning, "Graph call {Operation} was refused (code {Code}, subcode {Subcode}, fbtrace_id {TraceId}) and is made once more without naming fields. Check the configured field list against the Graph API version.")]
    private partial void LogAskingPlainly(string operation, int? code, int? subcode, string? traceId);

    [LoggerMessage(1007, LogLevel.Warning, "Meta's answer to {Operation} is odd in {Fields}, which is read as missing.")]
    private partial void LogOdd(string operation, string fields);

    [LoggerMessage(1008, LogLevel.Information, "Meta takes the app secret no more with which {Operation} was called; it is made once more with the one that is configured now.")]
    private partial void LogAskingWithNewerSecret(string operation);

    [LoggerMessage(1009, LogLevel.Error, "Meta does not take the proof that {Operation} was sent with; it is made once more without one. Check WhatsAppOnboarding:AppSecret.")]
    private partial void LogAskingWithoutProof(string operation);

    [LoggerMessage(1006, LogLevel.Information, "Meta asks for less data of {Operation}, which is made once more with {Limit} on a page.")]
    private partial void LogAskingForLess(string operation, string? limit);

    [LoggerMessage(1280, LogLevel.Information, "What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause}")]
    private partial void LogMeans(string operation, int? code, int? subcode, string cause);

    [LoggerMessage(1281, LogLevel.Error, "The Meta app or its settings are wrong. What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause} {Cure}")]
    private partial void LogBroken(string operation, int? code, int? subcode, string cause, string cure);

    [LoggerMessage(1282, LogLevel.Warning, "What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause} {Cure}")]
    private partial void LogMayBeBroken(string operation, int? code, int? subcode, string cause, string cure);
}
