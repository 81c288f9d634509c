using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>The HTTP that Meta speaks to a callback.</summary>
internal sealed class WebhookPost : IDisposable
{
    // Nothing that a test process does around its own calls may show in Meta's.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>The status of the answer, or null when there was none.</summary>
    public async Task<int?> SendAsync(Uri callback, byte[] body, string appSecret, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", "facebookexternalua");
        request.Headers.Add("X-Hub-Signature-256", Sign(body, appSecret));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode;
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return null;
        }
    }

    /// <summary>The status and text of the answer to a form, or null and nothing when there was none.</summary>
    public async Task<SignedRequestAnswer> SendFormAsync(Uri callback, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await _http.PostAsync(callback, content, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return new SignedRequestAnswer { StatusCode = (int)response.StatusCode, Body = body };
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return new SignedRequestAnswer { StatusCode = null, Body = "" };
        }
    }

    public async Task<Handshake> HandshakeAsync(Uri callback, string verifyToken, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetString("0123456789", 10);
        var address = QueryHelpers.AddQueryString(callback.AbsoluteUri, new Dictionary<string, string?>
        {
            ["hub.mode"] = "subscribe",
            ["hub.challenge"] = challenge,
            ["hub.verify_token"] = verifyToken,
        });
        try
        {
            using var response = await _http.GetAsync(new Uri(address), cancellationToken).ConfigureAwait(false);
            return !response.IsSuccessStatusCode ? Handshake.Refused
                : await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false) == challenge ? Handshake.Passed
                : Handshake.WrongChallenge;
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return Handshake.Refused;
        }
    }

    public void Dispose() => _http.Dispose();

    // Disposed: statuses are still on their way when a test ends.
    private static bool IsNoAnswer(Exception error) => error is HttpRequestException or OperationCanceledException or ObjectDisposedException;

    private static string Sign(byte[] body, string appSecret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));
}
