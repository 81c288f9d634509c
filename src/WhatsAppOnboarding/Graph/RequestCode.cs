using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Has Meta send a verification code to the number itself. Never repeated by the client itself, for each one sends a code.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Number">The number.</param>
/// <param name="By">How the code comes.</param>
/// <param name="Language">The language of the message or call, such as <c>en_US</c>.</param>
public sealed record RequestCode(AccessToken Token, PhoneNumberId Number, CodeMethod By, string Language) : GraphCall<GraphDone>
{
    internal override string Operation => "request_code";

    internal override string Path => $"{Number}/request_code";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override byte[] CreateBody() => JsonSerializer.SerializeToUtf8Bytes(
        new WireCodeRequest(By is CodeMethod.Voice ? "VOICE" : "SMS", Language), GraphJson.Default.WireCodeRequest);

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}

/// <summary>How a verification code comes.</summary>
public enum CodeMethod
{
    /// <summary>As a text message.</summary>
    Sms = 0,

    /// <summary>By a call; for numbers that take no text messages.</summary>
    Voice = 1,
}

/// <summary>A request for a code as Meta reads it.</summary>
internal sealed record WireCodeRequest(string CodeMethod, string Language);
