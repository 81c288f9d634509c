using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>From request to answer: log, faults, operation.</summary>
internal sealed class GraphPipeline(EmulatorCore core)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var route = GraphRoute.Match(http.Request, core.World);
        var call = core.Calls.Begin(route.Operation, http.Request);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, core.Stopping);
        GraphAnswer? answer = null;
        try
        {
            answer = await AnswerAsync(http, route, call, gone.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            http.Abort();
        }
        finally
        {
            // Before the first byte leaves: who has read the answer finds the call in the log as ended.
            core.Calls.End(call, answer?.Status, answer?.Code);
        }

        if (answer is not null)
            await GraphWriter.WriteAsync(http, answer, route.Download is null ? core.Usage.Headers(route) : []).ConfigureAwait(false);
    }

    private async Task<GraphAnswer?> AnswerAsync(HttpContext http, GraphRoute route, RecordedCall call, CancellationToken gone)
    {
        if (core.Options.Latency + core.Service.Delay is var late && late > TimeSpan.Zero)
            await Task.Delay(late, gone).ConfigureAwait(false);
        if (core.Service.Outage is { } outage)
            return await outage.Act(new FaultyExchange(() => DoAsync(http, route, null, gone), http.Abort, gone)).ConfigureAwait(false);

        var (held, fault) = core.Faults.Take(call);
        if (held is { AfterEffect: false })
            await held.PassAsync(gone).ConfigureAwait(false);

        var exchange = new FaultyExchange(() => DoAsync(http, route, fault?.Failure, gone), http.Abort, gone);
        var answer = fault is null
            ? await exchange.Next().ConfigureAwait(false)
            : await fault.Act(exchange).ConfigureAwait(false);

        if (held is { AfterEffect: true })
            await held.PassAsync(gone).ConfigureAwait(false);
        return answer;
    }

    private async Task<GraphAnswer> DoAsync(HttpContext http, GraphRoute route, MetaRefusal? later, CancellationToken gone)
    {
        try
        {
            if (route.Download is null && GraphVersions.Refuse(route.Version, core.Now) is { } refusal)
                throw refusal;
            if (route.Download is null && core.Usage.Take(route) is { } throttled)
                throw throttled;
            var parameters = await GraphParameters.ReadAsync(http.Request, gone).ConfigureAwait(false);
            var request = new GraphRequest(core, route, parameters, http.Request) { Failure = later };
            await ShakeHandsAsync(route, request, gone).ConfigureAwait(false);
            lock (core.World.Gate)
                return route.Download?.Invoke(request) ?? GraphAnswer.Json(route.Answer(request));
        }
        catch (GraphFailure failure)
        {
            return failure.ToAnswer();
        }
    }

    // Outside the lock, for the app may take its time; what was checked before is checked again with the effect.
    private async Task ShakeHandsAsync(GraphRoute route, GraphRequest request, CancellationToken gone)
    {
        NewCallback? callback;
        lock (core.World.Gate)
            callback = route.NewCallback?.Invoke(request);
        if (callback is not null)
            await callback.VerifyAsync(core, gone).ConfigureAwait(false);
    }
}
