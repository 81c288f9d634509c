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

    /// <summary>What the message of the call fails with after it was accepted, or null.</summary>
    internal MetaRefusal? Failure { get; private init; }

    /// <summary>An error in Meta's shape; nothing happens at Meta.</summary>
    public static Fault Error(int status, int code, int? subcode = null, string? message = null, bool? isTransient = null) =>
        new(_ => Task.FromResult<GraphAnswer?>(
            new GraphFailure(status, code, message ?? $"(#{code}) An emulated error", subcode) { IsTransient = isTransient }.ToAnswer()));

    /// <summary>Meta's own answer with one of its codes for messages: HTTP status, words and details of its list. Nothing is sent.</summary>
    /// <param name="code">For example 131031 (account locked), 130429 (throughput), 131056 (pair limit).</param>
    /// <exception cref="ArgumentException">The code is not in that list; use <see cref="Error"/>.</exception>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes</remarks>
    public static Fault Refused(int code)
    {
        var refusal = MetaRefusal.Find(code) ?? throw new ArgumentException($"{code} is none of Meta's codes for messages that the emulator knows. Use Fault.Error.", nameof(code));
        return new(_ => Task.FromResult<GraphAnswer?>(refusal.ToFailure().ToAnswer()));
    }

    /// <summary>The message is accepted with 200 and fails afterwards: its only webhook is the status <c>failed</c> with this code. On other operations than <see cref="GraphOperations.SendMessage"/> it changes nothing.</summary>
    /// <param name="code">For example 131042 (payment), 131049, 131026.</param>
    /// <param name="title">Meta's words; null for those of its list.</param>
    /// <param name="details">Meta's details; null for those of its list.</param>
    public static Fault FailedStatus(int code, string? title = null, string? details = null)
    {
        var known = MetaRefusal.Find(code);
        return new(async exchange => await exchange.Next().ConfigureAwait(false))
        {
            Failure = new MetaRefusal(200, code, title ?? known?.Title ?? "An emulated error", details ?? known?.Details),
        };
    }

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
    })
    {
        Failure = instead?.Failure,
    };
}
