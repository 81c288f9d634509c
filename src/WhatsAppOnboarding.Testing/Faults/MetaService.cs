using WhatsAppOnboarding.Testing.Calls;

namespace WhatsAppOnboarding.Testing;

/// <summary>How the Graph API as a whole is doing: down, slow, throttled, and well again. What goes wrong with single calls: <see cref="FaultScript"/>.</summary>
public sealed class MetaService
{
    private readonly UsageBook _usage;

    internal MetaService(UsageBook usage) => _usage = usage;

    /// <summary>Whether no call is served.</summary>
    public bool IsDown => Outage is not null;

    /// <summary>Real time by which every call is late, beside <see cref="MetaEmulatorOptions.Latency"/>.</summary>
    /// <value>Zero.</value>
    public TimeSpan Delay { get; private set; }

    /// <summary>What every call meets while it is down, or null.</summary>
    internal Fault? Outage { get; private set; }

    /// <summary>From now on no call is served, whatever <see cref="FaultScript"/> has planned; nothing happens at Meta. Webhooks still come.</summary>
    /// <param name="silent">False: 503 with code 2, <c>is_transient</c>. True: no answer until the caller gives up.</param>
    public void GoDown(bool silent = false) =>
        Outage = silent ? Fault.Hang() : Fault.Error(503, 2, message: "(#2) Service temporarily unavailable", isTransient: true);

    /// <summary>From now on every call is answered rightly, but late by this real time.</summary>
    public void SlowDown(TimeSpan delay) => Delay = delay;

    /// <summary>Refuses calls for some minutes of the emulator's clock; the usage headers say 100 percent and, for a WABA, how many minutes are left.</summary>
    /// <param name="wabaId">Whose calls: 80008, or 80007 for messages and files. Null for all of the app: code 4.</param>
    /// <param name="minutes">How long.</param>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting</remarks>
    public void Throttle(string? wabaId = null, int minutes = 60)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        _usage.Throttle(wabaId, minutes);
    }

    /// <summary>Sets what the usage headers say until <see cref="Recover"/>, whatever was called. It refuses nothing.</summary>
    /// <param name="percent">Of the limit.</param>
    /// <param name="wabaId">The WABA of <c>X-Business-Use-Case-Usage</c>; null for <c>X-App-Usage</c>.</param>
    public void SetUsage(int percent, string? wabaId = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        _usage.Set(wabaId, percent);
    }

    /// <summary>Up, fast and not throttled again; usage is counted from the calls again. Calls that hang go on hanging.</summary>
    public void Recover()
    {
        (Outage, Delay) = (null, TimeSpan.Zero);
        _usage.Clear();
    }
}
