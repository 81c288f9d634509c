using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Calls;

namespace WhatsAppOnboarding.Testing;

/// <summary>The Graph calls that were made, in the order in which they began.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private readonly TimeProvider _clock;

    internal CallLog(TimeProvider clock) => _clock = clock;

    /// <summary>Every call so far, also those not answered yet.</summary>
    public IReadOnlyList<RecordedCall> All
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>The calls of one operation of <see cref="GraphOperations"/>.</summary>
    public IReadOnlyList<RecordedCall> Of(string operation) => [.. All.Where(call => call.Operation == operation)];

    /// <summary>Forgets all calls.</summary>
    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
    }

    /// <summary>The length of the longest chain of calls in which each began after the one before it had ended: the round trips that a user waits for.</summary>
    /// <remarks>Calls made side by side count as one only if they overlap here; give them a <see cref="MetaEmulatorOptions.Latency"/>.</remarks>
    public int LongestChain() => CallChain.Longest(
        All.Select(call => (call.StartedTicks, call.EndedTicks ?? long.MaxValue)));

    internal RecordedCall Begin(string operation, HttpRequest request)
    {
        var call = new RecordedCall
        {
            Operation = operation,
            Method = request.Method,
            Path = request.Path,
            QueryNames = [.. request.Query.Keys],
            StartedAt = _clock.GetUtcNow(),
            StartedTicks = Stopwatch.GetTimestamp(),
            TokenInUrl = request.Query.ContainsKey("access_token"),
            CarriedUnwantedHeaders = request.Headers.ContainsKey("traceparent")
                || request.Headers.ContainsKey("baggage")
                || request.Headers.ContainsKey("Cookie"),
            UserAgent = request.Headers.UserAgent.Count == 0 ? null : request.Headers.UserAgent.ToString(),
        };
        lock (_gate)
            _calls.Add(call);
        return call;
    }

    internal void End(RecordedCall call, int? status, int? code)
    {
        lock (_gate)
        {
            call.Status = status;
            call.Code = code;
            call.EndedAt = _clock.GetUtcNow();
            call.EndedTicks = Stopwatch.GetTimestamp();
        }
    }
}
