using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.WebhookLedger;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Runs the host's handlers for each account and item. One that fails does not stop the rest; what the ledger knows as finished or parked is not run
/// again, and what failed before comes last, so that it holds nothing up.
/// </summary>
internal sealed class WebhookDispatch(IServiceScopeFactory scopes, ItemHandling handling, IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    /// <summary>The worst that came of any item.</summary>
    public async Task<ItemOutcome> RunAsync(IReadOnlyList<RoutedItem> routed, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (routed.Count == 0)
            return ItemOutcome.Done;

        var known = await KnownAsync(routed, cancellationToken).ConfigureAwait(false);
        var seen = routed.Count == 1 ? null : new HashSet<(AccountId, string)>();
        var worst = ItemOutcome.Done;
        foreach (var item in InOrder(routed, known))
        {
            if (seen?.Add((item.AccountId, item.Item.Key)) is false)
                continue;

            // The time is over: what was not reached comes again.
            if (cancellationToken.IsCancellationRequested)
                return Worse(worst, ItemOutcome.Failed);
            var record = known?.GetValueOrDefault((item.AccountId, item.Item.Key));
            worst = Worse(worst, await handling.RunAsync(item.ToEvent(receivedAt), item.Item, record, known is not null, cancellationToken).ConfigureAwait(false));
        }

        return worst;
    }

    private static ItemOutcome Worse(ItemOutcome one, ItemOutcome other) => one > other ? one : other;

    private static IEnumerable<RoutedItem> InOrder(IReadOnlyList<RoutedItem> routed, Dictionary<(AccountId, string), LedgerRecord>? known) =>
        known is not { Count: > 0 } ? routed : routed.OrderBy(item => known.GetValueOrDefault((item.AccountId, item.Item.Key))?.Failures ?? 0);

    /// <summary>What the ledger knows of these items; null when there is none.</summary>
    private async Task<Dictionary<(AccountId, string), LedgerRecord>?> KnownAsync(IReadOnlyList<RoutedItem> routed, CancellationToken cancellationToken)
    {
        if (!options.CurrentValue.Webhooks.UseLedger)
            return null;
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            if (scope.ServiceProvider.GetService<IWebhookLedger>() is not { } ledger)
                return null;
            var known = new Dictionary<(AccountId, string), LedgerRecord>();
            foreach (var account in routed.GroupBy(item => item.AccountId))
            {
                foreach (var record in await ledger.FindAsync(account.Key, [.. account.Select(item => item.Item.Key).Distinct()], cancellationToken).ConfigureAwait(false))
                    known[(record.AccountId, record.Item)] = record;
            }

            return known;
        }
    }
}
