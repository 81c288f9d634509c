using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Tests.Framework;

/// <summary>A polite caller of the Graph API: bearer header, proof.</summary>
internal sealed class GraphHttp(MetaEmulator meta) : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = meta.Address };

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<GraphReply> SendAsync(HttpMethod method, string path, string? token, object? body = null, string? proof = "right")
    {
        if (token is not null && proof is not null)
            path += $"{(path.Contains('?') ? '&' : '?')}appsecret_proof={(proof == "right" ? Proof(token) : proof)}";
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = body as HttpContent ?? JsonContent.Create(body);
        using var response = await Http.SendAsync(request, Ct);
        var headers = response.Headers;
        return new GraphReply((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!)
        {
            Header = name => headers.TryGetValues(name, out var values) ? values.Single() : null,
        };
    }

    public Task<GraphReply> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public Task<GraphReply> PostAsync(string path, string? token, object? body = null) => SendAsync(HttpMethod.Post, path, token, body);

    public Task<GraphReply> ExchangeAsync(string code, string? redirectUri, string? appId = null, string? secret = null) => GetAsync(
        $"/v25.0/oauth/access_token?client_id={appId ?? meta.AppId}&client_secret={secret ?? meta.AppSecret}&code={Uri.EscapeDataString(code)}"
        + (redirectUri is null ? "" : "&redirect_uri=" + Uri.EscapeDataString(redirectUri)),
        token: null);

    public Task<GraphReply> DebugAsync(string token) =>
        SendAsync(HttpMethod.Get, "/v25.0/debug_token?input_token=" + token, $"{meta.AppId}|{meta.AppSecret}", proof: null);

    public void Dispose() => Http.Dispose();

    private string Proof(string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(meta.AppSecret), Encoding.UTF8.GetBytes(token)));
}
