using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Sends a text message. Works within 24 hours of the recipient's last message; never repeated by itself, since it might arrive twice.</summary>
/// <remarks>
/// Success means accepted, not delivered: that comes by webhook.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="From">The number to send from, by its id.</param>
/// <param name="To">The recipient's telephone number with country code.</param>
/// <param name="Body">The text: 1 to <see cref="MaxBodyLength"/> characters, else an <see cref="ArgumentException"/>.</param>
/// <param name="PreviewUrl">Whether a link in the text is shown with a preview; no by default.</param>
public sealed record SendTextMessage(AccessToken Token, PhoneNumberId From, string To, string Body, bool PreviewUrl = false) : GraphCall<SentMessage>
{
    /// <summary>The longest text that Meta takes, in characters.</summary>
    public const int MaxBodyLength = 4096;

    /// <summary>The recipient's telephone number with country code.</summary>
    public string To { get; init => field = Given(value, nameof(To)); } = Given(To, nameof(To));

    /// <summary>The text: 1 to <see cref="MaxBodyLength"/> characters.</summary>
    public string Body { get; init => field = Fitting(value); } = Fitting(Body);

    internal override string Operation => "send_text_message";

    internal override string Path => $"{From}/messages";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override byte[] CreateBody() => JsonSerializer.SerializeToUtf8Bytes(
        new WireText("whatsapp", "individual", To, "text", new(PreviewUrl, Body)), GraphJson.Default.WireText);

    internal override SentMessage? Read(ReadOnlySpan<byte> json) => WireSent.Read(json);

    private static string Fitting(string body) => Given(body, nameof(Body)).Length <= MaxBodyLength
        ? body
        : throw new ArgumentException($"A text message has at most {MaxBodyLength} characters.", nameof(body));

    private static string Given(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}

/// <summary>A text message as Meta reads it.</summary>
internal sealed record WireText(string MessagingProduct, string RecipientType, string To, string Type, WireText.Content Text)
{
    internal sealed record Content(bool PreviewUrl, string Body);
}

/// <summary>A message that Meta has accepted.</summary>
/// <param name="Id">The message's id, by which webhooks tell what became of it.</param>
/// <param name="WaId">The recipient's WhatsApp id, or null when Meta did not say.</param>
public sealed record SentMessage(string Id, string? WaId = null);

/// <summary>An accepted message as Meta writes it.</summary>
internal sealed record WireSent(WireSent.Message?[] Messages, WireSent.Contact?[]? Contacts = null)
{
    public static SentMessage? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireSent) is { Messages: [{ } message, ..], Contacts: var contacts }
            ? new(message.Id, contacts is [{ } contact, ..] ? contact.WaId : null)
            : null;

    internal sealed record Message(string Id);

    internal sealed record Contact(string? WaId = null);
}
