using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace WhatsAppOnboarding.Graph;

/// <summary>What a call sends. It is written at once: what changes afterwards is not sent.</summary>
public sealed class GraphBody
{
    private readonly Func<HttpContent> _create;

    private GraphBody(Func<HttpContent> create) => _create = create;

    /// <summary>A value of the host's own type, written as JSON by its own type information.</summary>
    public static GraphBody Json<TBody>(TBody value, JsonTypeInfo<TBody> type) => JsonBytes(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A JSON object made by hand.</summary>
    public static GraphBody Json(JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
            value.WriteTo(writer);
        return JsonBytes(bytes.ToArray());
    }

    /// <summary>The fields of a form, URL-encoded.</summary>
    public static GraphBody Form(params (string Name, string Value)[] fields)
    {
        KeyValuePair<string, string>[] pairs = [.. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))];
        return new GraphBody(() => new FormUrlEncodedContent(pairs));
    }

    /// <summary>A file with a few fields before it. The stream is read once and stays open.</summary>
    internal static GraphBody File(Stream content, MediaTypeHeaderValue type, string fileName, params (string Name, string Value)[] fields) => new(() =>
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), $"\"{name}\"");
        form.Add(new LentContent(content) { Headers = { ContentType = type } }, "\"file\"", $"\"{fileName}\"");
        return form;
    });

    internal HttpContent Create() => _create();

    private static GraphBody JsonBytes(byte[] bytes) => new(() => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } });

    /// <summary>The content of a stream that belongs to somebody else, so that it is not closed.</summary>
    private sealed class LentContent(Stream content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            content.CopyToAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = content.CanSeek ? content.Length - content.Position : 0;
            return content.CanSeek;
        }
    }
}
