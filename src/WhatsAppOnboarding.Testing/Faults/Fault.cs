using System.Text;
using WhatsAppOnboarding.Testing.Faults;
using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing;

/// <summary>Something that goes wrong with a Graph call.</summary>
public sealed class Fault
{
    private Fault(Func<FaultyExchange, Task<GraphAnswer?>> act) => Act = act;

    /// <summary>The answer, or null when the connection was broken.</summary>
    internal Func<FaultyExchange, Task<GraphAnswer?>> Act { get; }

    /// <summary>An error in Meta's shape; nothing happens at Meta.</summary>
    public static Fault Error(int status, int code, int? subcode = null, string? message = null, bool? isTransient = null) =>
        new(_ => Task.FromResult<GraphAnswer?>(
            new GraphFailure(status, code, message ?? $"(#{code}) An emulated error", subcode) { IsTransient = isTransient }.ToAnswer()));

    /// <summary>The right answer, but late, in real time.</summary>
    public static Fault Delay(TimeSpan delay) => new(async exchange =>
    {
        await Task.Delay(delay, exchange.Gone).ConfigureAwait(false);
        return await exchange.Next().ConfigureAwait(false);
    });

    /// <summary>No answer until the caller gives up; nothing happens at Meta.</summary>
    public static Fault Hang() => new(async exchange =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, exchange.Gone).ConfigureAwait(false);
        return null;
    });

    /// <summary>The connection breaks before anything happens at Meta.</summary>
    public static Fault Reset() => new(exchange =>
    {
        exchange.Abort();
        return Task.FromResult<GraphAnswer?>(null);
    });

    /// <summary>A web page instead of JSON, as a proxy sends it; nothing happens at Meta.</summary>
    public static Fault Html(int status = 502) => new(_ => Task.FromResult<GraphAnswer?>(new GraphAnswer(
        status,
        Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body></html>"),
        "text/html; charset=utf-8")));

    /// <summary>The effect happens, the answer's length is announced rightly, and the connection breaks half-way through it.</summary>
    public static Fault Truncated() => new(async exchange => await exchange.Next().ConfigureAwait(false) with { CutShort = true });

    /// <summary>200 with JSON whose known names hold the wrong kinds of values; nothing happens at Meta.</summary>
    /// <param name="json">The body; null for a mixture.</param>
    public static Fault WrongJson(string? json = null) => new(_ => Task.FromResult<GraphAnswer?>(new GraphAnswer(
        200,
        Encoding.UTF8.GetBytes(json ?? """{"data":{"0":"text"},"id":{},"access_token":[],"success":"perhaps","paging":7}"""))));

    /// <summary>200 with a JSON body of this many bytes; nothing happens at Meta.</summary>
    public static Fault Oversized(int bytes) => new(_ => Task.FromResult<GraphAnswer?>(new GraphAnswer(
        200,
        Encoding.UTF8.GetBytes("{\"data\":[],\"padding\":\"" + new string('x', Math.Max(0, bytes - 24)) + "\"}"))));

    /// <summary>The effect happens at Meta, but its answer is replaced.</summary>
    /// <param name="instead">What the caller sees; null for a broken connection.</param>
    public static Fault AfterEffect(Fault? instead = null) => new(async exchange =>
    {
        var answer = await exchange.Next().ConfigureAwait(false);
        return await (instead ?? Reset()).Act(exchange with { Next = () => Task.FromResult(answer) }).ConfigureAwait(false);
    });
}
