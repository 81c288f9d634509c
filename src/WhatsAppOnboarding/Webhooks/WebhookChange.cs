using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>One change, with the ids that may lead to accounts.</summary>
/// <param name="Field">Meta's field.</param>
/// <param name="Value">Meta's value.</param>
/// <param name="NamedWaba">The WABA that the value names.</param>
/// <param name="Number">The number that the value names, if its id can be read.</param>
/// <param name="IsAboutNumber">Whether it is about a number, be it one whose id is missing or cannot be read.</param>
/// <param name="EntryId">The entry's id, where it can be one of a WABA.</param>
/// <param name="EntryText">The entry's id as it came.</param>
/// <param name="EntryTime">When it happened, if Meta says.</param>
/// <param name="EntryTimeText">The entry's time as it came.</param>
internal sealed record WebhookChange(
    string Field,
    JsonElement Value,
    WabaId? NamedWaba,
    PhoneNumberId? Number,
    bool IsAboutNumber,
    WabaId? EntryId,
    string? EntryText,
    DateTimeOffset? EntryTime,
    string? EntryTimeText)
{
    /// <summary>The WABA to route by; null when a number is to be routed by instead.</summary>
    public WabaId? RoutedWaba => NamedWaba ?? (IsAboutNumber ? null : EntryId);

    /// <summary>False when nobody will ever receive it: it is about a number whose id cannot be read, or names nothing.</summary>
    public bool CanBeRouted => RoutedWaba is not null || Number is not null;
}
