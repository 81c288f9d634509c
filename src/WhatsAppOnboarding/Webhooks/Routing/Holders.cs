using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Webhooks.Routing;

/// <summary>
/// Who may receive: an account whose own token subscribed the app; while a number is shared, only if it also proved access lately.
/// The state of a number held by one account never stands in the way.
/// </summary>
internal sealed class Holders(
    IReadOnlyDictionary<PhoneNumberId, PhoneNumber[]> byNumber, IReadOnlyDictionary<WabaId, PhoneNumber[]> byWaba, DateTimeOffset provedSince)
{
    private readonly Dictionary<(PhoneNumberId?, WabaId?), PhoneNumber[]> _receivers = [];

    /// <summary>The receivers of a change: one number of each account.</summary>
    public PhoneNumber[] ReceiversOf(WebhookChange change)
    {
        if (!change.CanBeRouted)
            return [];
        var key = change.RoutedWaba is { } routed ? (null, routed) : (change.Number, change.EntryId);
        if (!_receivers.TryGetValue(key, out var receivers))
            _receivers[key] = receivers = change.RoutedWaba is { } waba ? Of(waba) : Of(change.Number.GetValueOrDefault(), change.EntryId);
        return receivers;
    }

    /// <summary>Every account that holds a number of the WABA, whether or not it receives.</summary>
    public IEnumerable<AccountId> AccountsOf(WabaId waba) => (byWaba.GetValueOrDefault(waba) ?? []).Select(number => number.AccountId).Distinct();

    /// <summary>The receivers of a number's event. Who holds it under another WABA than the event's subscribed to that other one.</summary>
    private PhoneNumber[] Of(PhoneNumberId number, WabaId? waba) =>
        [.. Receivers(byNumber.GetValueOrDefault(number) ?? []).Where(holder => waba is not { } given || holder.WabaId == given)];

    private PhoneNumber[] Of(WabaId waba) =>
        [.. (byWaba.GetValueOrDefault(waba) ?? []).GroupBy(number => number.PhoneNumberId).SelectMany(numbers => Receivers([.. numbers])).DistinctBy(number => number.AccountId)];

    private IEnumerable<PhoneNumber> Receivers(PhoneNumber[] holders) =>
        holders.Where(number => number.Evidence.SubscribedAt is not null && (holders.Length == 1 || number.Evidence.ListedAt >= provedSince));
}
