using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Writes a call as an HTTP request to the configured address.</summary>
internal static class GraphRequest
{
    private static readonly ProductInfoHeaderValue UserAgent = new("WhatsAppOnboarding", LibraryDiagnostics.Version);
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    /// <param name="call">The call.</param>
    /// <param name="options">The configuration.</param>
    /// <param name="shape">How much is asked for.</param>
    public static HttpRequestMessage Create<T>(GraphCall<T> call, GraphOptions options, GraphShape shape)
        where T : class
    {
        var request = new HttpRequestMessage(call.Method, call.Download?.Address ?? AddressOf(call, options, shape));
        request.Headers.Authorization = call.Credential switch
        {
            { Token: { } token } => new("Bearer", token.Reveal()),
            { OtherSecret: { } secret } => new("Bearer", $"{options.AppId}|{secret}"),
            var credential when credential == GraphCredential.App => new("Bearer", $"{options.AppId}|{options.AppSecret}"),
            _ => null,
        };
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.Add(call.Download is null ? Json : Anything);
        request.Content = call.Body?.Create();
        return request;
    }

    private static Uri AddressOf<T>(GraphCall<T> call, GraphOptions options, GraphShape shape)
        where T : class
    {
        (string, string?)[] query =
        [
            ("fields", shape.NamesFields ? call.Fields?.Invoke(options) : null),
            .. call.Query.Select(parameter => parameter.Name == GraphShape.LimitName && shape.Limit is { } limit ? (parameter.Name, limit) : parameter),
            .. ProofOf(call.Credential, options, shape),
        ];
        return new Uri($"{options.BaseAddress.AbsoluteUri.TrimEnd('/')}/{options.Version}/{call.Path}{GraphAddress.Encode(query)}");
    }

    private static (string, string?)[] ProofOf(GraphCredential credential, GraphOptions options, GraphShape shape) =>
        credential.Token is { } token ? !shape.Proves ? [] : [("appsecret_proof", AppSecretProof.Of(token, options.AppSecret))]
        : credential == GraphCredential.ClientSecret ? [("client_id", options.AppId), ("client_secret", options.AppSecret)]
        : [];
}

/// <summary>What proves to Meta that a call may be made.</summary>
internal sealed class GraphCredential
{
    private GraphCredential(AccessToken? token) => Token = token;

    /// <summary>The app itself, by its app token in the header.</summary>
    public static GraphCredential App { get; } = new(null);

    /// <summary>The app itself, by its id and secret among the parameters.</summary>
    public static GraphCredential ClientSecret { get; } = new(null);

    /// <summary>A secret of the app other than the configured one, for the app's own token; a secret.</summary>
    public string? OtherSecret { get; private init; }

    /// <summary>The customer's token, when the call is made in the customer's name.</summary>
    public AccessToken? Token { get; }

    /// <summary>The app itself, as with <see cref="App"/>, but with another secret than the one that is configured.</summary>
    public static GraphCredential AppWith(string secret) => new(null) { OtherSecret = secret };

    public static GraphCredential Of(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(token);
    }
}

/// <summary>Shows Meta that who holds the token knows the app secret too, so that a stolen token alone is of no use.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof</remarks>
internal static class AppSecretProof
{
    /// <summary>The HMAC-SHA256 of the token under the app secret, in lower-case hex.</summary>
    public static string Of(AccessToken token, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.ASCII.GetBytes(token.Reveal())));
}

/// <summary>What may stand in the address of a call. Nothing in it can lead to another host, another version or another parameter.</summary>
internal static partial class GraphAddress
{
    /// <summary>Parameters that carry credentials, which only the client adds, and the one by which Meta takes another method for a request's own.</summary>
    private static readonly string[] Reserved = ["access_token", "appsecret_proof", "appsecret_time", "client_id", "client_secret", "method", "suppress_http_code"];

    public static string Operation(string operation) => operation is not null && OperationRule().IsMatch(operation)
        ? operation
        : throw new ArgumentException("The operation of a call is its stable name: 3 to 50 characters of a-z, 0-9 and _, the first a letter.", nameof(operation));

    public static string Path(string path) => path is { Length: <= 256 } && PathRule().IsMatch(path) && !path.Split('/').Any(segment => segment.All(letter => letter is '.'))
        ? path
        : throw new ArgumentException("The path of a call has no leading slash, no host, no dots alone and no parameters: letters, digits, _, - and . between slashes.", nameof(path));

    public static (string Name, string? Value)[] Query((string Name, string? Value)[] query)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (var (name, _) in query)
        {
            if (name is null || !NameRule().IsMatch(name) || Reserved.Contains(name))
                throw new ArgumentException("A parameter's name is 1 to 50 characters of a-z, 0-9, _ and ., and none that carries credentials.", nameof(query));
        }

        return [.. query];
    }

    /// <summary>Parameters as they stand in a URL, percent-encoded; those without a value are left out.</summary>
    public static string Encode(IEnumerable<(string Name, string? Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{2,49}\z")]
    private static partial Regex OperationRule();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex PathRule();

    [GeneratedRegex(@"\A[a-z0-9_.]{1,50}\z")]
    private static partial Regex NameRule();
}

/// <summary>How much a call asks for. Some refusals only say that it is too much: the same asked more simply is answered.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/guides/error-handling</remarks>
internal sealed record GraphShape
{
    public const string LimitName = "limit";

    private const int BadParameter = 100;
    private const int Deprecated = 12;

    /// <summary>As the call itself says it.</summary>
    public static GraphShape Full { get; } = new();

    /// <summary>Whether fields are named, if the call names any.</summary>
    public bool NamesFields { get; private init; } = true;

    /// <summary>Whether a call in a customer's name is sent with the proof that the app secret makes.</summary>
    public bool Proves { get; private init; } = true;

    /// <summary>The size of the page, if not the call's own.</summary>
    public string? Limit { get; private init; }

    /// <summary>The next simpler way to ask, when an error says that this may help; else null.</summary>
    public GraphShape? Simpler<T>(GraphCall<T> call, GraphError? error)
        where T : class
    {
        // Most apps need not prove anything, but a proof that is sent has to be right, and is not while the app secret is being replaced.
        if (Proves && error is not null && call.Credential.Token is not null && MetaErrors.RowOf(error) is { BlamesSecret: true })
            return this with { Proves = false };

        // A field that is not known, not served any more, or not allowed fails the whole call.
        if (NamesFields && call.Fields is not null
            && error is { Kind: GraphErrorKind.Rejected, Code: BadParameter } or { Code: Deprecated } or { Kind: GraphErrorKind.PermissionMissing })
            return this with { NamesFields = false };

        return error is { AsksForLess: true } && int.TryParse(Limit ?? call.Query.FirstOrDefault(parameter => parameter.Name == LimitName).Value, out var limit) && limit > 1
            ? this with { Limit = Math.Max(limit / 4, 1).ToString(CultureInfo.InvariantCulture) }
            : null;
    }
}
