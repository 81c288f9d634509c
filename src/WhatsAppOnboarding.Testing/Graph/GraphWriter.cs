using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class GraphWriter
{
    public static async Task WriteAsync(HttpContext http, GraphAnswer answer, IEnumerable<(string Name, string Value)> headers)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.CacheControl = "private, no-cache, no-store, must-revalidate";
        response.Headers["x-fb-trace-id"] = MetaIds.NewTraceId();
        foreach (var (name, value) in headers)
            response.Headers[name] = value;
        if (answer.Challenge is not null)
            response.Headers.WWWAuthenticate = answer.Challenge;

        var body = answer.CutShort ? answer.Body.AsMemory(0, answer.Body.Length / 2) : answer.Body;
        await response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
        if (!answer.CutShort)
            return;

        await response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Abort();
    }
}
