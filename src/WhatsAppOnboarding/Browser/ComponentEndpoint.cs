using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Browser;

/// <summary><c>GET …/whatsapp-connect.js</c> and the like: the module with an element, the same for everybody; with <c>?words</c>, what the elements say, and with <c>&amp;error</c> what they say of that code.</summary>
internal static class ComponentEndpoint
{
    private const string Prefix = WordKinds.Component + ".";

    /// <summary>Labels that are words of something else as well.</summary>
    private static readonly (string Label, string Key)[] Shared =
    [
        ("language", "language"),
        ("connect", "page.connect"),
        ("incomplete-text", "outcome.incomplete.message"),
        ("incomplete-action", "outcome.incomplete.action"),
        ("signed_out-action", "error.signed_out.action"),
        ("too_many_attempts-action", "error.too_many_attempts.action"),
        ("choice_over-text", "error.choice_over.message"),
        ("choice_over-action", "error.choice_over.action"),
    ];

    /// <param name="module">The file that the module is in.</param>
    public static RequestDelegate For(string module)
    {
        var script = Read(module);
        var tag = TagOf(script);
        return context => AnswerAsync(context, script, tag);
    }

    private static Task AnswerAsync(HttpContext context, byte[] script, EntityTagHeaderValue tag)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!context.Request.Query.ContainsKey("words"))
            return TypedResults.Bytes(script, "text/javascript; charset=utf-8", entityTag: tag).ExecuteAsync(context);

        RequestLanguage.Apply(context);
        var words = Words(WhatsAppWords.Of(context), context.Request.Query["error"]);
        return TypedResults.Bytes(words, "application/json", entityTag: TagOf(words)).ExecuteAsync(context);
    }

    private static byte[] Words(WhatsAppWords words, string? error)
    {
        var labels = English.Texts.Words.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).Select(key => (Label: key[Prefix.Length..], Key: key));
        var all = labels.Concat(Shared).OrderBy(label => label.Label, StringComparer.Ordinal).ToDictionary(label => label.Label, label => words.Text(label.Key));
        if (error is not null)
        {
            var text = words.Error(error);
            (all["error-text"], all["error-action"], all["error-again"]) = (text.Message, text.Action, text.Retryable ? "true" : "false");
        }

        return JsonSerializer.SerializeToUtf8Bytes(all, ComponentJson.Default.DictionaryStringString);
    }

    private static EntityTagHeaderValue TagOf(byte[] content) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"");

    private static byte[] Read(string module)
    {
        using var stream = typeof(ComponentEndpoint).Assembly.GetManifestResourceStream(module)!;
        var script = new byte[stream.Length];
        stream.ReadExactly(script);
        return script;
    }
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ComponentJson : JsonSerializerContext;
