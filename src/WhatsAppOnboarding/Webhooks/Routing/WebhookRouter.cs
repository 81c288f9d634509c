using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Finds the accounts of each item in the authority: by the WABA that it names, else by the number, else by the entry.
/// Never by a telephone number, and never some default account.
/// </summary>
internal sealed class WebhookRouter(
    NumberAuthority numbers, AttemptRecords attempts, WebhookMetrics metrics, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    private readonly RoutingCache<PhoneNumberId> _byNumber = new(numbers, options, time);
    private readonly RoutingCache<WabaId> _byWaba = new(numbers, options, time);

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
            await _byNumber.ReadAsync(numberIds, ids => numbers.FindHeldAsync(ids, cancellationToken), number => number.PhoneNumberId).ConfigureAwait(false),
            await _byWaba.ReadAsync(wabaIds, ids => numbers.FindHeldAsync(ids, cancellationToken), number => number.WabaId).ConfigureAwait(false),
            time.GetUtcNow() - options.CurrentValue.SharedProofLifetime);
    }

    /// <summary>
    /// Whether something that nobody receives yet belongs to a connect that is under way, which may have to do with any WABA, or has just been.
    /// </summary>
    private async Task<bool> IsEarlyAsync(IReadOnlyCollection<WebhookChange> missed, CancellationToken cancellationToken)
    {
        var wabas = missed.Where(change => change.CanBeRouted).Select(change => change.NamedWaba ?? change.EntryId).OfType<WabaId>().Select(waba => waba.ToString()).ToHashSet();
        var early = wabas.Count > 0
            && (await attempts.ListSinceAsync(time.GetUtcNow() - Recent, cancellationToken).ConfigureAwait(false))
                .Any(attempt => attempt.Outcome is null || attempt.Steps.Any(step => step.WabaId is { } waba && wabas.Contains(waba)));
        if (!early)
            metrics.Missed(missed);
        return early;
    }
}

/// <summary>Where the items of one delivery go.</summary>
/// <param name="Items">Each item for each account that receives it, in the order of the delivery.</param>
/// <param name="Holders">Who holds the numbers and WABAs that it names.</param>
/// <param name="IsEarly">Whether something in it belongs to a WABA that is just being connected, or to an account whose proof of access is being renewed, so that it should come again.</param>
internal sealed record RoutedDelivery(IReadOnlyList<RoutedItem> Items, Holders Holders, bool IsEarly);

/// <summary>An item and one account that receives it.</summary>
internal sealed record RoutedItem(AccountId AccountId, WabaId WabaId, WebhookItem Item)
{
    public WebhookEvent ToEvent(DateTimeOffset receivedAt) => new()
    {
        AccountId = AccountId,
        WabaId = WabaId,
        PhoneNumberId = Item.Change.Number,
        Key = Item.Key,
        Field = Item.Change.Field,
        Content = Item.Content,
        Item = Item.Part,
        Value = Item.Change.Value,
        EntryTime = Item.Change.EntryTime,
        ReceivedAt = receivedAt,
    };
}
