using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Hosting;

/// <summary>
/// Limits what an account may have begun at Meta, on this node. What is counted has an id, so that the same code posted twenty times counts once
/// and a refused request uses nothing up.
/// </summary>
internal sealed class AttemptLimits(IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private const int SweepAbove = 10_000;

    /// <summary>More than people press, and less than Meta's calls for one WABA in an hour.</summary>
    private const int MaxSteps = 100;

    private readonly ConcurrentDictionary<(string Kind, AccountId Account), List<(string Id, DateTimeOffset At)>> _counted = new();

    /// <summary>Counts a start; else says how long to wait.</summary>
    public TimeSpan? RefuseStart(AccountId account, string stateId) => Refuse("start", account, stateId, options.Value.MaxStarts);

    /// <summary>Counts a new state for what Meta has answered already, apart from the starts: somebody who has none left must not lose a code.</summary>
    public TimeSpan? RefuseRenewal(AccountId account, string stateId) => Refuse("renewal", account, stateId, options.Value.MaxStarts);

    /// <summary>Counts an exchange; else says how long to wait.</summary>
    public TimeSpan? RefuseExchange(AccountId account, string stateId) => Refuse("exchange", account, stateId, options.Value.MaxExchanges);

    /// <summary>Counts a step that is ordered for a number, each of which looks at Meta first; else says how long to wait.</summary>
    public TimeSpan? RefuseStep(AccountId account) => Refuse("step", account, Guid.NewGuid().ToString(), MaxSteps);

    private TimeSpan? Refuse(string kind, AccountId account, string id, int max)
    {
        var now = time.GetUtcNow();
        var oldest = now - options.Value.LimitWindow;
        Sweep(oldest);

        var counted = _counted.GetOrAdd((kind, account), _ => []);
        lock (counted)
        {
            counted.RemoveAll(entry => entry.At <= oldest);
            if (counted.Exists(entry => entry.Id == id))
                return null;
            if (counted.Count >= max)
                return counted[0].At - oldest;
            counted.Add((id, now));
            return null;
        }
    }

    private void Sweep(DateTimeOffset oldest)
    {
        if (_counted.Count < SweepAbove)
            return;
        foreach (var entry in _counted)
        {
            lock (entry.Value)
            {
                if (entry.Value.TrueForAll(counted => counted.At <= oldest))
                    _counted.TryRemove(entry);
            }
        }
    }
}
