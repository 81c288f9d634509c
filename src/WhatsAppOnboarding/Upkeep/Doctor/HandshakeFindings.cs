using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// The public webhook address, asked as Meta asks it: with the verify token and a challenge of its own. Only the address that is configured is called, and a redirect is not followed.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started</remarks>
internal static class HandshakeFindings
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    public static async IAsyncEnumerable<Finding> FindAsync(Examined host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (host.Options.WebhookVerifyToken is not { Length: > 0 } token)
            yield break;

        using var patience = new CancellationTokenSource(Patience, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var challenge = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var started = host.Time.GetTimestamp();
        var (status, body, failure) = await AskAsync(host, token, challenge, either.Token, cancellationToken).ConfigureAwait(false);
        var took = host.Time.GetElapsedTime(started);

        if (failure is not null)
            yield return host.Found("handshake_unreachable", failure);
        else if (status is >= 300 and < 400)
            yield return host.Found("handshake_redirected", Text(status));
        else if (status is 403 && body == HandshakeEndpoint.Refusal)
            yield return host.Found("handshake_refused", Text(status));
        else if (status is not 200 || body != challenge)
            yield return host.Found("handshake_wrong_answer", Text(status));
        else if (took > Slow)
            yield return host.Found("handshake_slow", $"{took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
    }

    private static async Task<(int Status, string Body, string? Failure)> AskAsync(
        Examined host, string token, string challenge, CancellationToken limited, CancellationToken cancellationToken)
    {
        var address = $"{host.Get<AppWebhookSetup>().Address.AbsoluteUri}?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(token)}";
        using var client = host.Get<IHttpClientFactory>().CreateClient(GraphRegistration.ClientName);
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limited).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, limited).ConfigureAwait(false);
            return ((int)response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(limited).ConfigureAwait(false)), null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // Its text may name the address, with the token in it.
            return (0, "", error is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? http.HttpRequestError.ToString() : error.GetType().Name);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, "", "no answer in time");
        }
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
