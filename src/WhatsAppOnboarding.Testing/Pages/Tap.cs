using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>A button of a template, a reply button, or a row of a list.</summary>
/// <param name="Label">What stands on it.</param>
/// <param name="Press">What the business hears when a customer taps it; null when it only opens something.</param>
internal sealed record Tap(string Label, Func<EmulatedNumber, EmulatedCustomer, WebhookChange>? Press)
{
    public static IReadOnlyList<Tap> Of(EmulatedMessage message, EmulatedTemplate? template) => message switch
    {
        { FromBusiness: true, Type: "template" } => [.. (template?.Buttons ?? []).Select((button, place) => OfTemplate(message, button, place))],
        { FromBusiness: true, Type: "interactive" } => [.. Buttons(message), .. Rows(message)],
        _ => [],
    };

    private static Tap OfTemplate(EmulatedMessage message, EmulatedTemplateButton button, int place) => button.Type != "QUICK_REPLY"
        ? new Tap(button.Text, null)
        : new Tap(button.Text, (number, customer) => MetaMessages.Button(number, customer, message.Id, button.Text, Payload(message, place) ?? button.Text));

    private static string? Payload(EmulatedMessage message, int place) => (string?)Objects(message.Content?["components"])
        .FirstOrDefault(component => component["sub_type"]?.ToString() == "quick_reply" && component["index"]?.ToString() == $"{place}")?["parameters"]?[0]?["payload"];

    private static IEnumerable<Tap> Buttons(EmulatedMessage message) => Objects(message.Content?["action"]?["buttons"]).Select(button =>
    {
        var (id, title) = (Text(button["reply"]?["id"]), Text(button["reply"]?["title"]));
        return new Tap(title, (number, customer) => MetaMessages.ButtonReply(number, customer, message.Id, id, title));
    });

    private static IEnumerable<Tap> Rows(EmulatedMessage message) => Objects(message.Content?["action"]?["sections"]).SelectMany(section => Objects(section["rows"])).Select(row =>
    {
        var (id, title, description) = (Text(row["id"]), Text(row["title"]), Text(row["description"]));
        return new Tap(title, (number, customer) => MetaMessages.ListReply(number, customer, message.Id, id, title, description));
    });

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
