using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace WhatsAppOnboarding.Graph;

/// <summary>The calls that turn a login into a token and say what it is worth.</summary>
internal static class LoginCalls
{
    /// <summary>Turns the code that a login brought back into a token. A code lives for seconds and works once, so this call is never repeated by itself.</summary>
    /// <remarks>
    /// A refused code is <see cref="GraphErrorKind.Rejected"/> with code 100 and subcode 36007 (expired), 36008 (another redirect URI) or 36009 (used before).
    /// Source: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#exchangecode
    /// </remarks>
    /// <param name="code">The code. A secret.</param>
    /// <param name="redirectUri">
    /// The redirect URI of the dialog, sent exactly as it was written there (<see cref="Uri.OriginalString"/>); null for a code of the popup, which has none.
    /// </param>
    public static GraphCall<IssuedToken> ExchangeCode(string code, Uri? redirectUri) =>
        new("exchange_code", HttpMethod.Get, "oauth/access_token", GraphCredential.ClientSecret, WireToken.Read)
        {
            IsSafe = false,
            Query = [("redirect_uri", redirectUri?.OriginalString), ("code", code)],
        };

    /// <summary>
    /// Turns a token into one of about 60 days, if it has not expired: a user token, or a system user's of 60 days, of which Meta does not say that it always works. Never repeated by itself.
    /// </summary>
    /// <remarks>
    /// Meta takes the token to be extended among the parameters and nowhere else.
    /// Source: https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
    /// </remarks>
    public static GraphCall<IssuedToken> ExtendToken(AccessToken token, bool isSystemUsers = false) =>
        new("extend_token", HttpMethod.Get, "oauth/access_token", GraphCredential.ClientSecret, WireToken.Read)
        {
            IsSafe = false,
            Query = [("grant_type", "fb_exchange_token"), ("set_token_expires_in_60_days", isSystemUsers ? "true" : null), ("fb_exchange_token", token.Reveal())],
        };

    /// <summary>Asks Meta what a token is good for: whose app, which permissions on which WABAs, until when. Made in the app's own name.</summary>
    /// <remarks>
    /// A dead token is a success with <see cref="TokenInspection.IsValid"/> false.
    /// Source: https://developers.facebook.com/docs/graph-api/reference/debug_token
    /// </remarks>
    public static GraphCall<TokenInspection> InspectToken(AccessToken token) =>
        new("inspect_token", HttpMethod.Get, "debug_token", GraphCredential.App, WireInspection.Read) { Query = [("input_token", token.Reveal())] };

    /// <summary>Lists the business portfolios of the person that a user token speaks for. Needs <c>business_management</c>.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/user/businesses</remarks>
    public static GraphCall<GraphPage<GraphBusiness>> ListBusinesses(AccessToken token, string? after = null) =>
        List("list_businesses", "me/businesses", token, GraphJson.Default.GraphBusiness, after);

    /// <summary>Lists the WABAs that a business portfolio owns. Ask it of the customer's portfolio. Needs <c>business_management</c>.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/business/owned_whatsapp_business_accounts</remarks>
    public static GraphCall<GraphPage<GraphWaba>> ListOwnedWabas(AccessToken token, BusinessId business, string? after = null) =>
        List("list_owned_wabas", $"{business}/owned_whatsapp_business_accounts", token, GraphJson.Default.GraphWaba, after);

    /// <summary>Lists the WABAs that others have shared with a business portfolio. Needs <c>business_management</c>.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/business/client_whatsapp_business_accounts</remarks>
    public static GraphCall<GraphPage<GraphWaba>> ListClientWabas(AccessToken token, BusinessId business, string? after = null) =>
        List("list_client_wabas", $"{business}/client_whatsapp_business_accounts", token, GraphJson.Default.GraphWaba, after);

    private static GraphCall<GraphPage<T>> List<T>(string operation, string path, AccessToken token, JsonTypeInfo<T> item, string? after)
        where T : class => new(operation, HttpMethod.Get, path, GraphCredential.Of(token), json => GraphPage.Read(json, item, skipsOdd: true))
        {
            Query = [("fields", "id,name"), ("limit", "100"), ("after", after)],
        };
}

/// <summary>A token that Meta has just issued.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresIn">How long it lives, or null when Meta did not say. <see cref="LoginCalls.InspectToken"/> tells for certain.</param>
internal sealed record IssuedToken(AccessToken Token, TimeSpan? ExpiresIn);

/// <summary>An issued token as Meta writes it.</summary>
internal sealed record WireToken(string AccessToken, long? ExpiresIn = null)
{
    public static IssuedToken? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireToken) is { } token && WhatsAppOnboarding.AccessToken.IsValid(token.AccessToken)
            ? new(WhatsAppOnboarding.AccessToken.Parse(token.AccessToken), LifeOf(token.ExpiresIn))
            : null;

    public override string ToString() => nameof(WireToken);

    // 0 means "never" wherever Meta writes it; what does not fit an Int32 is no lifetime either.
    private static TimeSpan? LifeOf(long? seconds) => seconds is > 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds.Value) : null;
}

/// <summary>What Meta says about a token.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/debug_token</remarks>
internal sealed record TokenInspection
{
    /// <summary>Whether the token works now. When it does not, the rest may be missing.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Why it does not work, as a refusal of a call with it; null when it works, or Meta did not say.</summary>
    public GraphError? Reason { get; init; }

    /// <summary>The app that the token was issued to, or null when Meta did not say. Compare it with your own.</summary>
    public string? AppId { get; init; }

    /// <summary><c>USER</c>, <c>SYSTEM_USER</c>, <c>PAGE</c>, <c>APP</c>, or what Meta adds later.</summary>
    public string? Type { get; init; }

    /// <summary>When the token ends (UTC), or null when it does not end by itself, or Meta did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether Meta said when the token ends, or that it does not.</summary>
    public bool SaysWhenItEnds { get; init; }

    /// <summary>When a person must log in again for the app to keep reading their data (UTC), or null when there is no such end, or Meta did not say.</summary>
    public DateTimeOffset? DataAccessExpiresAt { get; init; }

    /// <summary>Whether Meta said when that is, or that it never is.</summary>
    public bool SaysWhenDataEnds { get; init; }

    /// <summary>The permissions granted; null when Meta did not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The permissions granted, each with what it was granted for; it may name some that <see cref="Scopes"/> leaves out.</summary>
    public IReadOnlyList<GranularScope> GranularScopes { get; init; } = [];

    /// <summary>Whom the token speaks for, by an id that is valid for this app only.</summary>
    public string? UserId { get; init; }
}

/// <summary>A permission and what it was granted for.</summary>
/// <param name="Scope">The permission, such as <c>whatsapp_business_management</c>.</param>
/// <param name="TargetIds">
/// The ids it covers, latest first: WABA ids for the permissions named after WhatsApp, portfolio ids for <c>business_management</c>.
/// Empty means that no target was named, not that there is none.
/// </param>
internal sealed record GranularScope(string Scope, IReadOnlyList<string> TargetIds);

/// <summary>The answer of debug_token as Meta writes it.</summary>
internal sealed record WireInspection(WireInspection.Inspected Data)
{
    private const long LastSecond = 253_402_300_799;

    public static TokenInspection? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireInspection) is { Data: var data }
            ? new()
            {
                IsValid = data.IsValid,
                Reason = data.IsValid ? null : data.Error?.ToError(),
                AppId = data.AppId,
                Type = data.Type,
                ExpiresAt = TimeOf(data.ExpiresAt),
                SaysWhenItEnds = IsTold(data.ExpiresAt),
                DataAccessExpiresAt = TimeOf(data.DataAccessExpiresAt),
                SaysWhenDataEnds = IsTold(data.DataAccessExpiresAt),
                Scopes = data.Scopes?.OfType<string>().ToArray(),
                GranularScopes = [.. (data.GranularScopes ?? []).OfType<Granular>().Select(scope => new GranularScope(scope.Scope ?? "", [.. (scope.TargetIds ?? []).OfType<string>()]))],
                UserId = data.UserId,
            }
            : null;

    // Seconds since 1970; 0 means "never". What is no time was not said.
    private static DateTimeOffset? TimeOf(long? seconds) => seconds is > 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;

    private static bool IsTold(long? seconds) => seconds is >= 0 and <= LastSecond;

    internal sealed record Inspected(
        bool IsValid, string? AppId = null, string? Type = null, long? ExpiresAt = null, long? DataAccessExpiresAt = null,
        string?[]? Scopes = null, Granular?[]? GranularScopes = null, string? UserId = null, Refusal? Error = null);

    /// <summary>Its subcode has another name than in an error that answers a call. It concerns the token, not the inspection, so that the rows for any call count.</summary>
    internal sealed record Refusal(int? Code = null, int? Subcode = null, int? ErrorSubcode = null)
    {
        public GraphError? ToError() => Code is { } code ? MetaErrors.Of("inspected_token", code, Subcode ?? ErrorSubcode) : null;
    }

    internal sealed record Granular(string? Scope = null, string?[]? TargetIds = null);
}

/// <summary>A business portfolio: its id, and its name, or null when Meta did not say.</summary>
internal sealed record GraphBusiness(BusinessId Id, string? Name = null);

/// <summary>A WhatsApp Business Account: its id, and its name, or null when Meta did not say.</summary>
internal sealed record GraphWaba(WabaId Id, string? Name = null);

/// <summary>The id of a business portfolio at Meta, which owns WABAs: at most 32 ASCII digits. Never stored where a WABA id belongs.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(GraphIdConverter<BusinessId>))]
internal readonly record struct BusinessId : IGraphId<BusinessId>
{
    private readonly string? _value;
    private BusinessId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> when it is not 1 to 32 ASCII digits.</summary>
    public static BusinessId Parse(string value) => new(GraphId.Require(value, nameof(BusinessId)));

    /// <summary>Takes an id; false when it is not 1 to 32 ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out BusinessId id)
    {
        id = GraphId.IsValid(value) ? new BusinessId(value) : default;
        return id._value is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => GraphId.Given(_value, nameof(BusinessId));
}
