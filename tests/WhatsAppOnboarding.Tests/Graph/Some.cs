using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

/// <summary>Values that tests agree on. Shapes of answers: https://developers.facebook.com/docs/graph-api and the pages named at each call.</summary>
internal static class Some
{
    public const string AppId = "634000000000000";
    public const string AppSecret = "planted-app-secret";
    public const string TokenText = "EAAplantedtoken";

    /// <summary>HMAC-SHA256 of <see cref="TokenText"/> under <see cref="AppSecret"/>, computed apart from the library.</summary>
    public const string Proof = "372d93d64df7e09029f9aea670fd581a444f3e479892ae4745c8e44a4f74d96b";

    public const string Done = """{"success":true}""";

    public static AccessToken Token { get; } = AccessToken.Parse(TokenText);

    public static WabaId Waba { get; } = WabaId.Parse("524000000000001");

    public static BusinessId Business { get; } = BusinessId.Parse("272000000000001");

    public static PhoneNumberId Number { get; } = PhoneNumberId.Parse("106000000000001");

    public static GraphCall<GraphPage<NumberFacts>> Listing => NumberCalls.ListNumbers(Token, Waba);

    public static GraphCall<GraphDone> Subscribing => SubscriptionCalls.Subscribe(Token, Waba);

    public static GraphCall<IssuedToken> Exchanging => LoginCalls.ExchangeCode("AQDcode", null);

    public static GraphCall<SentMessage> Message => Sending(MessageContent.Text("Hello"));

    public static GraphCall<SentMessage> Sending(MessageContent content) => WhatsAppCalls.SendMessage(Token, Number, MessageRecipient.Phone("+16505550123"), content);

    public static string Error(int code, int? subcode = null, string more = "") =>
        $$"""{"error":{"message":"(#{{code}}) About +1 650 555 0123","type":"OAuthException","code":{{code}}{{(subcode is null ? "" : $",\"error_subcode\":{subcode}")}}{{more}},"fbtrace_id":"Az8or2yhqkZfEZ"} }""";

    public static string Page(string items, string? after = null) =>
        $$"""{"data":[{{items}}]{{(after is null ? "" : $",\"paging\":{{\"cursors\":{{\"before\":\"b\",\"after\":\"{after}\"}},\"next\":\"https://graph.facebook.com/v25.0/next?access_token=x&after={after}\"}}")}} }""";
}
