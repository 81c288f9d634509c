namespace WhatsAppOnboarding.Webhooks;

/// <summary>Where the items of one delivery go.</summary>
/// <param name="Items">Each item for each account that receives it, in the order of the delivery.</param>
/// <param name="Holders">Who holds the numbers and WABAs that it names.</param>
/// <param name="IsEarly">Whether something in it belongs to a WABA that is just being connected, or to an account whose proof of access is being renewed, so that it should come again.</param>
internal sealed record RoutedDelivery(IReadOnlyList<RoutedItem> Items, Holders Holders, bool IsEarly);
