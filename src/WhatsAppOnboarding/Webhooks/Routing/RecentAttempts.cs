using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Which WABAs are being connected, or have been in the last two minutes.</summary>
internal sealed class RecentAttempts(AttemptRecords attempts, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    /// <summary>Whether an attempt has to do with one of these WABAs. One that still runs may have to do with any.</summary>
    public async Task<bool> TouchedAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken)
    {
        var recent = await attempts.ListSinceAsync(time.GetUtcNow() - Recent, cancellationToken).ConfigureAwait(false);
        var ids = wabas.Select(waba => waba.ToString()).ToHashSet();
        return recent.Any(attempt => attempt.Outcome is null || attempt.Steps.Any(step => step.WabaId is { } waba && ids.Contains(waba)));
    }
}
