using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// Asks once for what a number has in the WhatsApp Business app; it comes by webhook. Never repeated by the client itself: Meta takes it once,
/// within a day of the signup.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Number">The number.</param>
/// <param name="Kind">What to ask for.</param>
public sealed record SyncAppData(AccessToken Token, PhoneNumberId Number, AppDataKind Kind) : GraphCall<AppDataRequest>
{
    internal override string Operation => "sync_app_data";

    internal override string Path => $"{Number}/smb_app_data";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override byte[] CreateBody() => JsonSerializer.SerializeToUtf8Bytes(
        new WireSync("whatsapp", Kind is AppDataKind.History ? "history" : "smb_app_state_sync"), GraphJson.Default.WireSync);

    internal override AppDataRequest? Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, GraphJson.Default.AppDataRequest);
}

/// <summary>What can be asked for of the WhatsApp Business app.</summary>
public enum AppDataKind
{
    /// <summary>The contacts.</summary>
    Contacts = 0,

    /// <summary>Earlier messages.</summary>
    History = 1,
}

/// <summary>A request for data of the app as Meta reads it.</summary>
internal sealed record WireSync(string MessagingProduct, string SyncType);

/// <summary>A request for data of the app that Meta has accepted.</summary>
/// <param name="RequestId">Meta's id of the request, to quote to Meta's support.</param>
public sealed record AppDataRequest(string RequestId);
