using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// Registers a number for the API. The PIN must be the number's own if two-step verification is on, else it becomes that. Never repeated by
/// the client itself: Meta takes ten requests per number in 72 hours.
/// </summary>
/// <remarks>
/// Never for a number that is in use in the WhatsApp Business app.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Number">The number.</param>
/// <param name="Pin">The PIN. A secret.</param>
public sealed record RegisterNumber(AccessToken Token, PhoneNumberId Number, TwoStepPin Pin) : GraphCall<GraphDone>
{
    internal override string Operation => "register_number";

    internal override string Path => $"{Number}/register";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override byte[] CreateBody() =>
        JsonSerializer.SerializeToUtf8Bytes(new WireRegistration("whatsapp", Pin.Reveal()), GraphJson.Default.WireRegistration);

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}

/// <summary>A registration as Meta reads it.</summary>
internal sealed record WireRegistration(string MessagingProduct, string Pin)
{
    public override string ToString() => nameof(WireRegistration);
}
