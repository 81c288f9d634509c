using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Finds the accounts of each item in the authority: by the WABA that it names, else by the number, else by the entry.
/// Never by a telephone number, and never some default account.
/// </summary>
internal sealed class WebhookRouter(
    IServiceScopeFactory scopes,
    RoutingCache<PhoneNumberId> byNumber,
    RoutingCache<WabaId> byWaba,
    RoutingMisses misses,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time)
{
    public async Task<RoutedDelivery> RouteAsync(IReadOnlyList<WebhookItem> items, CancellationToken cancellationToken)
    {
        var holders = await HoldersAsync(items, cancellationToken).ConfigureAwait(false);
        var routed = new List<RoutedItem>(items.Count);
        HashSet<WebhookChange>? missed = null;
        foreach (var item in items)
        {
            var receivers = holders.ReceiversOf(item.Change);
            if (receivers.Length == 0)
                (missed ??= []).Add(item.Change);
            foreach (var receiver in receivers)
                routed.Add(new RoutedItem(receiver.AccountId, receiver.WabaId, item));
        }

        return new RoutedDelivery(routed, holders, holders.AwaitsProof || (missed is not null && await IsEarlyAsync(missed, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<Holders> HoldersAsync(IReadOnlyList<WebhookItem> items, CancellationToken cancellationToken)
    {
        var numberIds = new HashSet<PhoneNumberId>();
        var wabaIds = new HashSet<WabaId>();
        WebhookChange? last = null;
        foreach (var item in items)
        {
            if (ReferenceEquals(item.Change, last))
                continue;
            last = item.Change;
            if (last.RoutedWaba is { } waba)
                wabaIds.Add(waba);
            else if (last.Number is { } number)
                numberIds.Add(number);
        }

        return new Holders(
            await byNumber.ReadAsync(numberIds, ids => UseAsync((NumberAuthority numbers) => numbers.FindHeldAsync(ids, cancellationToken)), number => number.PhoneNumberId).ConfigureAwait(false),
            await byWaba.ReadAsync(wabaIds, ids => UseAsync((NumberAuthority numbers) => numbers.FindHeldAsync(ids, cancellationToken)), number => number.WabaId).ConfigureAwait(false),
            time.GetUtcNow() - options.CurrentValue.SharedProofLifetime);
    }

    /// <summary>Whether something that nobody receives yet belongs to a connect that is under way or has just been.</summary>
    private async Task<bool> IsEarlyAsync(IReadOnlyCollection<WebhookChange> missed, CancellationToken cancellationToken)
    {
        WabaId[] wabas = [.. missed.Where(change => change.CanBeRouted).Select(change => change.NamedWaba ?? change.EntryId).OfType<WabaId>().Distinct()];
        var early = wabas.Length > 0 && await UseAsync((RecentAttempts attempts) => attempts.TouchedAsync(wabas, cancellationToken)).ConfigureAwait(false);
        if (!early)
            misses.Add(missed);
        return early;
    }

    private async Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await use(scope.ServiceProvider.GetRequiredService<TService>()).ConfigureAwait(false);
        }
    }
}
