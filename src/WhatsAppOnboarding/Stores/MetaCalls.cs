using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>The log of calls as the library uses it: budgets of numbers, and releases of WABAs. Every verb runs in a scope of its own.</summary>
internal sealed class MetaCalls(IServiceScopeFactory scopes)
{
    private static readonly TimeSpan LongestWindow = StepTable.All.Max(step => step.Quota?.Window ?? TimeSpan.Zero);

    /// <summary>Counts a call that is about to be made, if there is one left; whether it may be made.</summary>
    public Task<bool> TakeAsync(PhoneNumberId number, StepRow step, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.TakeAsync(
            new MetaCall { Kind = step.Name, Id = number.ToString(), At = at },
            step.Quota?.Calls,
            step.Quota?.Window ?? TimeSpan.Zero,
            cancellationToken));

    /// <summary>How the number stands; counts nothing. Null where Meta does not ration the step.</summary>
    public async Task<StepBudget?> ReadAsync(PhoneNumberId number, StepRow step, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        (await ReadAsync([number], step, at, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(number);

    /// <summary>As <see cref="ReadAsync(PhoneNumberId, StepRow, DateTimeOffset, CancellationToken)"/>, of many numbers by one look into the log.</summary>
    public async Task<IReadOnlyDictionary<PhoneNumberId, StepBudget>> ReadAsync(
        IReadOnlyCollection<PhoneNumberId> numbers, StepRow step, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        if (step.Quota is not { } quota || numbers.Count == 0)
            return new Dictionary<PhoneNumberId, StepBudget>();
        var earliest = at - quota.Window;
        string[] ids = [.. numbers.Select(number => number.ToString())];
        var calls = await scopes.UseAsync((IMetaCallLog log) => log.FindAsync(step.Name, ids, earliest, cancellationToken)).ConfigureAwait(false);
        var made = calls.Where(call => call.At > earliest).ToLookup(call => call.Id, call => call.At);
        return numbers.ToDictionary(number => number, number => Of([.. made[number.ToString()].OrderDescending()], quota));

        static StepBudget Of(DateTimeOffset[] times, StepQuota quota) =>
            new() { Used = times.Length, Limit = quota.Calls, NextAt = times.Length < quota.Calls ? null : times[quota.Calls - 1] + quota.Window };
    }

    /// <summary>
    /// Records that an unsubscribe of this WABA is about to be sent, so that a connect of the same WABA at the same time subscribes once more.
    /// </summary>
    public Task RecordReleaseAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.TakeAsync(new MetaCall { Kind = StepNames.Unsubscribe, Id = waba.ToString(), At = at }, null, TimeSpan.Zero, cancellationToken));

    /// <summary>Which of these WABAs had an unsubscribe at or after a time.</summary>
    public async Task<IReadOnlyCollection<WabaId>> FindReleasedAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        if (wabas.Count == 0)
            return [];
        string[] ids = [.. wabas.Select(waba => waba.ToString()).Distinct()];
        var calls = await scopes.UseAsync((IMetaCallLog log) => log.FindAsync(StepNames.Unsubscribe, ids, since, cancellationToken)).ConfigureAwait(false);
        return [.. calls.Select(call => WabaId.Parse(call.Id)).Distinct()];
    }

    /// <summary>Removes what no window reaches any more.</summary>
    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.PruneAsync(now - LongestWindow, cancellationToken));
}
