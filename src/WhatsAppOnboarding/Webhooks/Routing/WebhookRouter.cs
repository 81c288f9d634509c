using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Finds the accounts of each item in the authority: by the WABA that it names, else by the number, else by the entry.
/// Never by a telephone number, and never some default account.
/// </summary>
internal sealed class WebhookRouter(
    NumberAuthority numbers, AttemptRecords attempts, LibraryMetrics metrics, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<WebhookRouter> logger)
{
    // A connect is told to have broken off after a minute, and the clocks of nodes may be two minutes apart.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(3);

    private readonly MissedChanges _misses = new(metrics, time, logger);
    private readonly RoutingCache<PhoneNumberId> _byNumber = new(numbers, number => number.PhoneNumberId, numbers.FindHeldAsync, options, time);
    private readonly RoutingCache<WabaId> _byWaba = new(numbers, number => number.WabaId, numbers.FindHeldAsync, options, time);

    /// <param name="items">The items of a delivery.</param>
    /// <param name="fresh">Whether what is remembered of holders does not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RoutedDelivery> RouteAsync(IReadOnlyList<WebhookItem> items, bool fresh, CancellationToken cancellationToken)
    {
        var (delivery, missed) = await LookAsync(items, fresh, cancellationToken).ConfigureAwait(false);
        if (missed.Count == 0 || delivery.IsEarly)
            return delivery;
        var (wabas, about) = await AttemptsAboutAsync(missed, cancellationToken).ConfigureAwait(false);
        if (about.Any(attempt => attempt.Outcome is null || !Subscribed(attempt, wabas)))
            return delivery with { IsEarly = true };

        // One that ended since the first look has saved its numbers: they are there now.
        if (about.Count > 0)
            (delivery, missed) = await LookAsync(items, fresh, cancellationToken).ConfigureAwait(false);
        if (missed.Count > 0)
            _misses.Note(missed);
        return delivery;
    }

    /// <summary>Who receives each item now.</summary>
    public async Task<HashSet<(AccountId Account, WebhookItem Item)>> ReceiversAsync(IReadOnlyList<WebhookItem> items, CancellationToken cancellationToken)
    {
        var (delivery, _) = await LookAsync(items, fresh: true, cancellationToken).ConfigureAwait(false);
        return [.. delivery.Items.Select(item => (item.AccountId, item.Item))];
    }

    /// <summary>What goes where, and what nobody receives.</summary>
    private async Task<(RoutedDelivery Delivery, HashSet<WebhookChange> Missed)> LookAsync(IReadOnlyList<WebhookItem> items, bool fresh, CancellationToken cancellationToken)
    {
        var holders = await HoldersAsync(items, fresh, cancellationToken).ConfigureAwait(false);
        var routed = new List<RoutedItem>(items.Count);
        HashSet<WebhookChange> missed = [];
        foreach (var item in items)
        {
            var receivers = holders.ReceiversOf(item.Change);
            if (receivers.Length == 0)
                missed.Add(item.Change);
            foreach (var receiver in receivers)
                routed.Add(new RoutedItem(receiver.AccountId, receiver.WabaId, item) { Receiver = receiver });
        }

        return (new RoutedDelivery(routed, holders, holders.AwaitsProof), missed);
    }

    private async Task<Holders> HoldersAsync(IReadOnlyList<WebhookItem> items, bool fresh, CancellationToken cancellationToken)
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
            await _byNumber.ReadAsync(numberIds, fresh, cancellationToken).ConfigureAwait(false),
            await _byWaba.ReadAsync(wabaIds, fresh, cancellationToken).ConfigureAwait(false),
            time.GetUtcNow() - options.CurrentValue.SharedProofLifetime);
    }

    /// <summary>The connects of the last minutes that wrote down that they are about to hold one of these WABAs, and saved numbers or go on.</summary>
    private async Task<(HashSet<string> Wabas, IReadOnlyList<ConnectAttempt> About)> AttemptsAboutAsync(IReadOnlyCollection<WebhookChange> missed, CancellationToken cancellationToken)
    {
        var wabas = missed.Where(change => change.CanBeRouted).Select(change => change.NamedWaba ?? change.EntryId).OfType<WabaId>().Select(waba => waba.ToString()).ToHashSet();
        if (wabas.Count == 0)
            return (wabas, []);
        var recent = await attempts.ListSinceAsync(time.GetUtcNow() - Recent, cancellationToken).ConfigureAwait(false);
        return (wabas, [.. recent.Where(attempt => (attempt.Outcome is null || attempt.PhoneCount > 0) && StepsAbout(attempt, wabas).Any())]);
    }

    /// <summary>Whether Meta said yes in the end. An answer that got lost may have been one: then Meta delivers what nobody receives before the step is done again.</summary>
    private static bool Subscribed(ConnectAttempt attempt, HashSet<string> wabas) =>
        StepsAbout(attempt, wabas).GroupBy(step => step.WabaId).All(steps => steps.Any(step => step.Result == "ok"));

    private static IEnumerable<AttemptStep> StepsAbout(ConnectAttempt attempt, HashSet<string> wabas) =>
        attempt.Steps.Where(step => step is { Step: StepNames.Subscribe, WabaId: { } waba } && wabas.Contains(waba));
}

/// <summary>Where the items of one delivery go.</summary>
/// <param name="Items">Each item for each account that receives it, in the order of the delivery.</param>
/// <param name="Holders">Who holds the numbers and WABAs that it names.</param>
/// <param name="IsEarly">Whether something in it belongs to a WABA that is just being connected, or to an account whose proof of access is being renewed, so that it should come again.</param>
internal sealed record RoutedDelivery(IReadOnlyList<RoutedItem> Items, Holders Holders, bool IsEarly)
{
    /// <summary>Whether several accounts receive it.</summary>
    public bool IsShared
    {
        get
        {
            for (var index = 1; index < Items.Count; index++)
            {
                if (Items[index].AccountId != Items[0].AccountId)
                    return true;
            }

            return false;
        }
    }
}

/// <summary>An item and one account that receives it.</summary>
internal sealed record RoutedItem(AccountId AccountId, WabaId WabaId, WebhookItem Item)
{
    /// <summary>The account's number that it comes to, or one of its numbers of the WABA, as it was when it was looked up; null when it was not.</summary>
    public PhoneNumber? Receiver { get; init; }

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
