using System.Globalization;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>What was said between a business phone number and its customers, newest last.</summary>
internal static class ConversationView
{
    public static Markup Log(EmulatorCore core, EmulatedNumber number) => $"""
        <div class="log" role="log" tabindex="0" aria-label="Conversation of {number.DisplayPhoneNumber}" data-conversation="/conversation/{number.Id}">
        {Entries(core, number)}
        </div>

        """;

    public static Markup Entries(EmulatorCore core, EmulatedNumber number)
    {
        var deliveries = core.Webhooks.Deliveries.ToLookup(delivery => delivery.MessageId);
        var messages = core.World.Conversations.Where(message => message.PhoneNumberId == number.Id);
        return $"""
            {messages.Select(message => Entry(number, message, deliveries[message.Id].LastOrDefault()))}
            """;
    }

    private static Markup Entry(EmulatedNumber number, EmulatedMessage message, WebhookDelivery? delivery) => $"""
        <div class="message {(message.FromBusiness ? "business" : "customer")}" id="{message.Id}">
        <p class="who">{Who(number, message)} <time datetime="{message.At.ToString("O", CultureInfo.InvariantCulture)}">{message.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC</time></p>
        <p class="body">{(message.Body.Length > 0 ? message.Body : $"({message.Type})")}</p>
        {(message.FromBusiness ? Failure(message) : Fate(delivery))}
        </div>

        """;

    private static string Who(EmulatedNumber number, EmulatedMessage message) => message.FromBusiness
        ? $"{number.VerifiedName} to {(message.Customer.Length == 0 ? message.CustomerUserId : "+" + message.Customer)}"
        : $"{message.CustomerName} {(message.Customer.Length == 0 ? "" : "+" + message.Customer)}";

    private static Markup? Failure(EmulatedMessage message) => message.FailureCode is { } code
        ? (Markup)$"""<p class="bad">Not delivered ({code.ToString(CultureInfo.InvariantCulture)}).</p>"""
        : null;

    private static Markup Fate(WebhookDelivery? delivery) => delivery?.Status switch
    {
        DeliveryStatus.Delivered => $"""<p class="good">Delivered to the app.</p>""",
        DeliveryStatus.NotSubscribed => $"""<p class="bad">The app is not subscribed: the business will not hear this.</p>""",
        DeliveryStatus.RoutedElsewhere => $"""<p class="bad">Routed to another responder: the business will not hear this.</p>""",
        DeliveryStatus.NoCallback => $"""<p class="bad">No webhook callback is set: the business will not hear this.</p>""",
        DeliveryStatus.Dropped => $"""<p class="bad">Given up: the business will not hear this.</p>""",
        _ when delivery is not { Attempts: > 0 } => $"""<p>On its way to the app.</p>""",
        _ => $"""<p class="bad">Delivery failed ({Answer(delivery)}): the business has not heard this yet. It is tried again.</p>""",
    };

    private static string Answer(WebhookDelivery? delivery) => delivery?.LastStatusCode is { } status ? $"HTTP {status}" : "no answer";
}
