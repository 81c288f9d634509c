using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Proves by a code that the number is the customer's. Never repeated by the client itself, for wrong codes are counted.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Number">The number.</param>
/// <param name="Code">The code that came to the number: digits. A secret.</param>
public sealed record VerifyCode(AccessToken Token, PhoneNumberId Number, string Code) : GraphCall<GraphDone>
{
    internal override string Operation => "verify_code";

    internal override string Path => $"{Number}/verify_code";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override byte[] CreateBody() => JsonSerializer.SerializeToUtf8Bytes(new WireCode(Code), GraphJson.Default.WireCode);

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}

/// <summary>A code as Meta reads it.</summary>
internal sealed record WireCode(string Code)
{
    public override string ToString() => nameof(WireCode);
}
