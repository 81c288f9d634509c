using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace WhatsAppOnboarding.Graph;

/// <summary>One request to Meta's Graph API. Make one with <see cref="WhatsAppCalls"/> or, for whatever that does not know, with <see cref="GraphCall"/>.</summary>
/// <remarks>Calls may hold tokens and messages, so their text is their name and nothing else.</remarks>
/// <typeparam name="T">What Meta answers to this call.</typeparam>
public sealed class GraphCall<T>
    where T : class
{
    internal GraphCall(string operation, HttpMethod method, string path, GraphCredential credential, Func<ReadOnlySpan<byte>, T?> read)
    {
        Operation = GraphAddress.Operation(operation);
        Path = GraphAddress.Path(path);
        Method = method;
        Credential = credential;
        Read = read;
        IsSafe = method == HttpMethod.Get;
    }

    /// <summary>The call's stable name in logs, traces and metrics.</summary>
    internal string Operation { get; }

    /// <summary>The path below the version, without a leading slash.</summary>
    internal string Path { get; }

    /// <summary>What proves to Meta that we may make this call.</summary>
    internal GraphCredential Credential { get; }

    internal HttpMethod Method { get; }

    /// <summary>Reads the answer; null or a <see cref="JsonException"/> when it has another shape.</summary>
    internal Func<ReadOnlySpan<byte>, T?> Read { get; }

    /// <summary>Whether making the call twice does no more than making it once.</summary>
    internal bool IsSafe { get; init; }

    /// <summary>Names the fields to ask for. When Meta refuses one, the call is made once more without naming any.</summary>
    internal Func<GraphOptions, string>? Fields { get; init; }

    /// <summary>The call's own parameters. Those of the credential are added by the client.</summary>
    internal IReadOnlyList<(string Name, string? Value)> Query { get; init; } = [];

    internal GraphBody? Body { get; init; }

    /// <summary>Where a file is and where it goes, when the answer is one.</summary>
    internal GraphDownload? Download { get; init; }

    /// <summary>Whether a whole file travels, which takes longer than an ordinary call may.</summary>
    internal bool MovesFile { get; init; }

    /// <summary>The call's name, such as <c>send_message</c>. Never a token, a code, an id or a message.</summary>
    public override string ToString() => Operation;
}

/// <summary>Makes calls that the library does not know, with all that it does for its own: token and proof, limits, retries of safe calls, redaction, errors, metrics.</summary>
/// <remarks>
/// Rules for all: the operation is the host's own stable name in logs and metrics, 3 to 50 characters of <c>a-z</c>, <c>0-9</c> and <c>_</c>; the path is
/// what follows the version, without a leading slash, made of letters, digits, <c>_</c>, <c>-</c> and <c>.</c> between slashes (put ids in by their
/// types: <c>$"{waba}/message_templates"</c>); parameters come apart and are encoded, those with a null value are left out, and those that carry
/// credentials are refused. What breaks a rule is an <see cref="ArgumentException"/>.
/// An answer that does not fit the type is <see cref="GraphErrorKind.UnreadableAnswer"/>.
/// Source: https://developers.facebook.com/docs/graph-api/overview
/// </remarks>
public static class GraphCall
{
    /// <summary>Reads something. Repeated a few times by itself when Meta is busy or out of reach.</summary>
    public static GraphCall<T> Get<T>(string operation, string path, AccessToken token, JsonTypeInfo<T> answer, params (string Name, string? Value)[] query)
        where T : class => new(operation, HttpMethod.Get, path, GraphCredential.Of(token), Reader(answer)) { Query = GraphAddress.Query(query) };

    /// <summary>Reads one page of a listing, from a cursor on or from the start when that is null; <see cref="IGraphClient.ReadAllAsync"/> reads them all.</summary>
    public static GraphCall<GraphPage<T>> List<T>(
        string operation, string path, AccessToken token, JsonTypeInfo<T> item, string? after, params (string Name, string? Value)[] query)
        where T : class => new(operation, HttpMethod.Get, path, GraphCredential.Of(token), json => GraphPage.Read(json, item))
        {
            Query = [.. GraphAddress.Query(query), ("after", after)],
        };

    /// <summary>Sends something that Meta answers with a bare confirmation. Never repeated by itself unless <paramref name="mayRepeat"/> says that twice is no more than once.</summary>
    public static GraphCall<GraphDone> Post(
        string operation, string path, AccessToken token, GraphBody? body = null, bool mayRepeat = false, params (string Name, string? Value)[] query) =>
        Post(operation, path, token, WireDone.Read, body, mayRepeat, query);

    /// <summary>Sends something. Never repeated by itself unless <paramref name="mayRepeat"/> says that twice is no more than once.</summary>
    public static GraphCall<T> Post<T>(
        string operation, string path, AccessToken token, JsonTypeInfo<T> answer, GraphBody? body = null, bool mayRepeat = false, params (string Name, string? Value)[] query)
        where T : class => Post(operation, path, token, Reader(answer), body, mayRepeat, query);

    /// <summary>Deletes something, which Meta answers with a bare confirmation. Never repeated by itself unless <paramref name="mayRepeat"/> says so.</summary>
    public static GraphCall<GraphDone> Delete(
        string operation, string path, AccessToken token, bool mayRepeat = false, params (string Name, string? Value)[] query) =>
        Delete(operation, path, token, WireDone.Read, mayRepeat, query);

    /// <summary>Deletes something. Never repeated by itself unless <paramref name="mayRepeat"/> says so.</summary>
    public static GraphCall<T> Delete<T>(
        string operation, string path, AccessToken token, JsonTypeInfo<T> answer, bool mayRepeat = false, params (string Name, string? Value)[] query)
        where T : class => Delete(operation, path, token, Reader(answer), mayRepeat, query);

    private static GraphCall<T> Post<T>(
        string operation, string path, AccessToken token, Func<ReadOnlySpan<byte>, T?> read, GraphBody? body, bool mayRepeat, (string Name, string? Value)[] query)
        where T : class => new(operation, HttpMethod.Post, path, GraphCredential.Of(token), read) { Body = body, IsSafe = mayRepeat, Query = GraphAddress.Query(query) };

    private static GraphCall<T> Delete<T>(
        string operation, string path, AccessToken token, Func<ReadOnlySpan<byte>, T?> read, bool mayRepeat, (string Name, string? Value)[] query)
        where T : class => new(operation, HttpMethod.Delete, path, GraphCredential.Of(token), read) { IsSafe = mayRepeat, Query = GraphAddress.Query(query) };

    private static Func<ReadOnlySpan<byte>, T?> Reader<T>(JsonTypeInfo<T> type)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        return json => TolerantJson.Read(json, type);
    }
}

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
