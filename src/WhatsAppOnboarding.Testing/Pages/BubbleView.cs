using System.Globalization;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>One message on the customer's phone, with what the customer may do with it.</summary>
internal static class BubbleView
{
    private static readonly string[] Emojis = ["👍", "❤️", "😂", "🙏"];

    public static Markup Render(EmulatorCore core, PhoneChoice choice, TalkEntry entry, TalkEntry? quoted, WebhookDelivery? delivery)
    {
        var message = entry.Message;
        return $"""
            <li class="message {(message.FromBusiness ? "business" : "customer")}" id="{message.Id}">
            <p class="who">{(message.FromBusiness ? choice.Number.VerifiedName : "You")} <time datetime="{message.At.ToString("O", CultureInfo.InvariantCulture)}">{message.At.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC</time>{(entry.IsEdited ? ", edited" : "")}</p>
            {(quoted is null ? null : (Markup)$"""<blockquote>{quoted.Line}</blockquote>""")}
            {ContentView.Render(choice.Number, entry)}
            {Taps(choice, message)}
            {(message.FromBusiness ? Fate(message) : Fate(message, delivery))}
            {Signs(choice.Number, entry)}
            {(entry.IsSeen ? Acts(core, choice, entry) : null)}
            </li>

            """;
    }

    private static Markup? Taps(PhoneChoice choice, EmulatedMessage message)
    {
        var taps = Tap.Of(message, ContentView.TemplateOf(choice.Number, message));
        return taps.Count == 0 ? null : (Markup)$"""
            <form method="post" action="{PhoneActs.Path}" class="taps">{PhoneView.Hidden(choice, message)}
            {taps.Select((tap, place) => tap.Press is null ? (Markup)$"""<span>{tap.Label}</span>""" : $"""<button class="quiet" name="tap" value="{place.ToString(CultureInfo.InvariantCulture)}">{tap.Label}</button>""")}
            </form>
            """;
    }

    private static Markup? Signs(EmulatedNumber number, TalkEntry entry)
    {
        string[] signs = [.. new[] { (entry.OwnSign, "you"), (entry.BusinessSign, number.VerifiedName) }.Where(sign => sign.Item1.Length > 0).Select(sign => $"{sign.Item1} {sign.Item2}")];
        return signs.Length == 0 ? null : (Markup)$"""<p class="signs">{string.Join(", ", signs)}</p>""";
    }

    private static Markup Acts(EmulatorCore core, PhoneChoice choice, TalkEntry entry) => $"""
        <details class="acts">
        <summary aria-label="React, reply and more">⋯</summary>
        <form method="post" action="{PhoneActs.Path}">{PhoneView.Hidden(choice, entry.Message)}
        {Emojis.Select(emoji => (Markup)$"""<button class="quiet" name="react" value="{emoji}" aria-label="React with {emoji}">{emoji}</button>""")}
        {(entry.OwnSign.Length == 0 ? null : (Markup)$"""<button class="quiet" name="react" value="">Take {entry.OwnSign} back</button>""")}
        <a href="{choice.Address}&amp;reply={Uri.EscapeDataString(entry.Message.Id)}#write">Reply</a>
        {(entry.CanEdit(core.Now) ? (Markup)$"""<a href="{choice.Address}&amp;edit={Uri.EscapeDataString(entry.Message.Id)}#write">Edit</a>""" : null)}
        {(entry.CanDelete(core.Now) ? (Markup)$"""<button class="quiet" name="do" value="delete">Delete</button>""" : null)}
        </form>
        </details>
        """;

    /// <summary>What became of a message of the business. A phone would not show those that failed.</summary>
    private static Markup Fate(EmulatedMessage message) =>
        message.FailureCode is { } code ? (Markup)$"""<p class="fate bad">You never got this: it failed with {new EmulatedFailure(code).ToString()}.</p>"""
        : message.ReadAt is null ? (Markup)$"""<p class="fate">Not read yet</p>"""
        : $"""<p class="fate">You have read it</p>""";

    private static Markup Fate(EmulatedMessage message, WebhookDelivery? delivery) => delivery?.Status switch
    {
        _ when message.ReadAt is not null => $"""<p class="fate read"><span aria-hidden="true">✓✓</span> Read by the business</p>""",
        DeliveryStatus.Delivered => $"""<p class="fate"><span aria-hidden="true">✓✓</span> Delivered to the app</p>""",
        DeliveryStatus.NotSubscribed or DeliveryStatus.FieldNotSubscribed => $"""<p class="fate bad">The app is not subscribed: the business will not hear this.</p>""",
        DeliveryStatus.RoutedElsewhere => $"""<p class="fate bad">Routed to another responder: the business will not hear this.</p>""",
        DeliveryStatus.NoCallback => $"""<p class="fate bad">No webhook callback is set: the business will not hear this.</p>""",
        DeliveryStatus.Dropped => $"""<p class="fate bad">Given up: the business will not hear this.</p>""",
        _ when delivery is not { Attempts: > 0 } => $"""<p class="fate"><span aria-hidden="true">✓</span> On its way to the app</p>""",
        _ => $"""<p class="fate bad">Delivery failed ({Answer(delivery)}): the business has not heard this yet. It is tried again.</p>""",
    };

    private static string Answer(WebhookDelivery? delivery) => delivery?.LastStatusCode is { } status ? $"HTTP {status}" : "no answer";
}
