using System.Globalization;
using System.Text.Json;

namespace WebHost.Chat;

/// <summary>Reads places, contact cards and orders out of what Meta sends, in which anything may be missing, of another kind, or too much.</summary>
public static class DetailsReader
{
    private const int MaxItems = 30;
    private const int MaxText = 300;

    public static MessageDetails? Read(MessageKind kind, JsonElement item)
    {
        try
        {
            return kind switch
            {
                MessageKind.Location => Place(Child(item, "location")) is { } place ? new() { Place = place } : null,
                MessageKind.Contacts => Items(item, "contacts").Select(Card).OfType<ContactCard>().ToList() is { Count: > 0 } cards ? new() { Cards = cards } : null,
                MessageKind.Order => Items(Child(item, "order"), "product_items").Select(Product).OfType<OrderItem>().ToList() is { Count: > 0 } items ? new() { Items = items } : null,
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in somebody's text.
            return null;
        }
    }

    private static MapPlace? Place(JsonElement place) =>
        Number(place, "latitude") is { } latitude && Number(place, "longitude") is { } longitude && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new((double)latitude, (double)longitude, Text(place, "name"), Text(place, "address"))
            : null;

    private static ContactCard? Card(JsonElement card)
    {
        var phones = Items(card, "phones").Select(phone => Text(phone, "phone") ?? Text(phone, "wa_id")).OfType<string>().ToList();
        var emails = Items(card, "emails").Select(email => Text(email, "email")).OfType<string>().ToList();
        var name = Text(Child(card, "name"), "formatted_name") ?? Text(Child(card, "name"), "first_name") ?? phones.Concat(emails).FirstOrDefault();
        return name is null ? null : new(name, phones, emails);
    }

    private static OrderItem? Product(JsonElement item) => Text(item, "product_retailer_id") is { } product
        ? new(product, (int)Math.Clamp(Number(item, "quantity") ?? 1, 0, 1_000_000), Math.Clamp(Number(item, "item_price") ?? 0, 0, 1_000_000_000_000), Text(item, "currency") ?? "")
        : null;

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Take(MaxItems) : [];

    private static string? Text(JsonElement parent, string name)
    {
        var text = Child(parent, name) switch
        {
            { ValueKind: JsonValueKind.String } word => word.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };
        var plain = MessageWords.Of(text).Trim();
        return plain.Length is 0 ? null : plain[..Math.Min(plain.Length, MaxText)];
    }

    private static decimal? Number(JsonElement parent, string name) =>
        decimal.TryParse(Text(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
