
namespace WhatsAppOnboarding.Graph;

/// <summary>The calls that list, read, verify and register numbers.</summary>
internal static class NumberCalls
{
    /// <summary>Lists the phone numbers of a WABA, up to 100 on a page.</summary>
    /// <remarks>
    /// When Meta does not know one of the configured fields, the page is asked for once more with Meta's own choice of fields; what is then missing is unknown.
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
    /// </remarks>
    public static GraphCall<GraphPage<NumberFacts>> ListNumbers(AccessToken token, WabaId waba, string? after = null) =>
        new("list_phone_numbers", HttpMethod.Get, $"{waba}/phone_numbers", GraphCredential.Of(token), json => GraphPage.Read(json, GraphJson.Default.NumberFacts, skipsOdd: true))
        {
            Fields = options => options.PhoneNumberFields,
            Query = [("limit", "100"), ("after", after)],
        };

    /// <summary>Reads one phone number as Meta describes it now; fields as for <see cref="ListNumbers"/>.</summary>
    public static GraphCall<NumberFacts> ReadNumber(AccessToken token, PhoneNumberId number) =>
        new("read_phone_number", HttpMethod.Get, number.ToString(), GraphCredential.Of(token), json =>
            TolerantJson.Read(json, GraphJson.Default.NumberFacts) is { } read && read.Id == number ? read : null)
        {
            Fields = options => options.PhoneNumberFields,
        };

    /// <summary>Reads the health of a WABA: what stands in the way of all its numbers, such as a payment that is missing.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status</remarks>
    public static GraphCall<WabaHealth> ReadHealth(AccessToken token, WabaId waba) =>
        new("read_waba_health", HttpMethod.Get, waba.ToString(), GraphCredential.Of(token), WireNumberDetails.ReadWaba) { Query = [("fields", "health_status")] };

    /// <summary>
    /// Registers a number for the API. The PIN must be the number's own if two-step verification is on, else it becomes that. Never repeated by
    /// the client itself: Meta takes ten requests per number in 72 hours. Never for a number that is in use in the WhatsApp Business app.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public static GraphCall<GraphDone> Register(AccessToken token, PhoneNumberId number, TwoStepPin pin) =>
        GraphCall.Post("register_number", $"{number}/register", token, GraphBody.Json(new("whatsapp", pin.Reveal()), GraphJson.Default.WireRegistration));

    /// <summary>
    /// Ends the registration of a number; its PIN and its place in the WABA stay. Never repeated by the client itself: registering and deregistering share Meta's ten
    /// requests per number in 72 hours. Never for a number that is in use in the WhatsApp Business app.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public static GraphCall<GraphDone> Deregister(AccessToken token, PhoneNumberId number) =>
        GraphCall.Post("deregister_number", $"{number}/deregister", token);

    /// <summary>Has Meta send a verification code to the number itself. Never repeated by the client itself, because each one sends a code.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="number">The number.</param>
    /// <param name="byCall">Whether the code comes by a call; else as a text message.</param>
    /// <param name="language">The language of the message or call, such as <c>en_US</c>.</param>
    public static GraphCall<GraphDone> RequestCode(AccessToken token, PhoneNumberId number, bool byCall, string language) =>
        GraphCall.Post("request_code", $"{number}/request_code", token, GraphBody.Json(
            new(byCall ? "VOICE" : "SMS", language), GraphJson.Default.WireCodeRequest));

    /// <summary>Proves by a code, a secret, that the number is the customer's. Never repeated by the client itself, because wrong codes are counted.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
    public static GraphCall<GraphDone> VerifyCode(AccessToken token, PhoneNumberId number, string code) =>
        GraphCall.Post("verify_code", $"{number}/verify_code", token, GraphBody.Json(new(code), GraphJson.Default.WireCode));

    /// <summary>
    /// Asks once for what a number has in the WhatsApp Business app; it comes by webhook. Never repeated by the client itself: Meta takes it once,
    /// within a day of the signup.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users</remarks>
    public static GraphCall<AppDataRequest> SyncAppData(AccessToken token, PhoneNumberId number, AppDataKind kind) =>
        new("sync_app_data", HttpMethod.Post, $"{number}/smb_app_data", GraphCredential.Of(token), WireAppData.Read)
        {
            Body = GraphBody.Json(new("whatsapp", kind is AppDataKind.History ? "history" : "smb_app_state_sync"), GraphJson.Default.WireSync),
            IsSafe = false,
        };
}

/// <summary>What can be asked for of the WhatsApp Business app.</summary>
internal enum AppDataKind
{
    /// <summary>The contacts.</summary>
    Contacts = 0,

    /// <summary>Earlier messages.</summary>
    History = 1,
}

/// <summary>A request for data of the app that Meta has accepted.</summary>
/// <param name="RequestId">Meta's id of the request, to quote to Meta's support; null when Meta gave none.</param>
internal sealed record AppDataRequest(string? RequestId);

/// <summary>Such an answer as Meta writes it: an id, a confirmation, or both.</summary>
internal sealed record WireAppData(string? RequestId = null, bool Success = false)
{
    public static AppDataRequest? Read(ReadOnlySpan<byte> json) => TolerantJson.Read(json, GraphJson.Default.WireAppData) switch
    {
        { RequestId: { Length: > 0 } id } => new AppDataRequest(id),
        { Success: true } => new AppDataRequest(null),
        _ => null,
    };
}

internal sealed record WireRegistration(string MessagingProduct, string Pin)
{
    public override string ToString() => nameof(WireRegistration);
}

internal sealed record WireCodeRequest(string CodeMethod, string Language);

internal sealed record WireCode(string Code)
{
    public override string ToString() => nameof(WireCode);
}

internal sealed record WireSync(string MessagingProduct, string SyncType);
