using System.Net.Http.Headers;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Writes a call as an HTTP request to the configured address.</summary>
internal static class GraphRequest
{
    private static readonly ProductInfoHeaderValue UserAgent = new("WhatsAppOnboarding", LibraryVersion.Text);
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");

    public static HttpRequestMessage Create<T>(GraphCall<T> call, GraphOptions options)
        where T : class
    {
        var query = new GraphQuery();
        call.AddQuery(query, options);
        var authorization = Authorize(call.Credential, query, options);

        var root = options.BaseAddress.AbsoluteUri.TrimEnd('/');
        var request = new HttpRequestMessage(call.Method, new Uri($"{root}/{options.Version}/{call.Path}{query}"));
        request.Headers.Authorization = authorization;
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Accept.Add(Json);
        if (call.CreateBody() is { } body)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        return request;
    }

    private static AuthenticationHeaderValue? Authorize(GraphCredential credential, GraphQuery query, GraphOptions options)
    {
        if (credential.Token is { } token)
        {
            query.Add("appsecret_proof", AppSecretProof.Of(token, options.AppSecret));
            return new("Bearer", token.Reveal());
        }

        if (credential == GraphCredential.App)
            return new("Bearer", $"{options.AppId}|{options.AppSecret}");

        query.Add("client_id", options.AppId).Add("client_secret", options.AppSecret);
        return null;
    }
}
