using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace WhatsAppOnboarding.Browser;

/// <summary><c>GET …/whatsapp-connect.js</c>: the module with the <c>whatsapp-connect</c> element, the same for everybody.</summary>
internal static class ComponentEndpoint
{
    private static readonly byte[] Script = Read();
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Script))}\"");

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(Script, "text/javascript; charset=utf-8", entityTag: Tag).ExecuteAsync(context);
    }

    private static byte[] Read()
    {
        using var stream = typeof(ComponentEndpoint).Assembly.GetManifestResourceStream("whatsapp-connect.js")!;
        var script = new byte[stream.Length];
        stream.ReadExactly(script);
        return script;
    }
}
