using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Graph;

/// <summary>Either what Meta answered or why there is no answer.</summary>
/// <remarks>A refusal or an outage is a result, not an exception: check <see cref="Succeeded"/> before reading <see cref="Value"/>.</remarks>
/// <typeparam name="T">What Meta answers to the call.</typeparam>
public sealed class GraphResult<T> : IGraphOutcome
    where T : class
{
    /// <summary>A success with its answer.</summary>
    public GraphResult(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>A failure with its reason.</summary>
    public GraphResult(GraphError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>Whether there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The answer, or null after a failure.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer, or null after a success.</summary>
    public GraphError? Error { get; }

    /// <summary>The members of the answer that were of another kind than expected, and count as missing.</summary>
    internal IReadOnlyList<string> OddFields { get; init; } = [];

    /// <summary>Of a listing that may be so: whether something in it could not be read and was left out.</summary>
    internal bool IsCutShort { get; init; }

    /// <summary>A success with its answer.</summary>
    public static implicit operator GraphResult<T>(T value) => new(value);

    /// <summary>A failure with its reason.</summary>
    public static implicit operator GraphResult<T>(GraphError error) => new(error);

    /// <summary><c>ok</c>, or the text of the error. Never the answer, which may hold a token.</summary>
    public override string ToString() => Error?.ToString() ?? "ok";
}

/// <summary>What retries need to know of a result, whatever its answer.</summary>
internal interface IGraphOutcome
{
    GraphError? Error { get; }
}

/// <summary>Meta did what it was asked, and has nothing more to say.</summary>
public sealed record GraphDone;

/// <summary>One page of a listing. A page may be short or even empty and still be followed by another.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/results</remarks>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record GraphPage<T>
{
    /// <summary>What is on this page, in Meta's order.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page, or null when this is the last one.</summary>
    public string? After { get; init; }

    /// <summary>Whether something on it could not be read and was left out, so that what is missing is not known to be missing.</summary>
    internal bool IsCutShort { get; init; }
}

/// <summary>Reads pages as Meta writes them, and listings to their end.</summary>
internal static class GraphPage
{
    private const int MaxPages = 100;

    public static GraphPage<T>? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, bool skipsOdd = false)
        where T : class => Read(json, type, item => item, skipsOdd);

    /// <summary>
    /// Null when an item is missing, or when there is a next page but no cursor to ask for it. Who can live with a list that is cut short gets the items that can be
    /// read, unless there is none.
    /// </summary>
    public static GraphPage<T>? Read<TWire, T>(ReadOnlySpan<byte> json, JsonTypeInfo<TWire> type, Func<TWire, T> map, bool skipsOdd = false)
        where TWire : class
    {
        var reader = new Utf8JsonReader(json);
        using var answer = JsonDocument.ParseValue(ref reader);
        if (reader.Read() || !answer.RootElement.TryGetProperty("data", out var data))
            return null;

        var listed = data.GetArrayLength();
        var items = new List<T>(listed);
        foreach (var element in data.EnumerateArray())
        {
            if (Item(element, type, skipsOdd) is { } item)
                items.Add(map(item));
            else if (!skipsOdd)
                return null;
        }

        if (items.Count == 0 && listed > 0)
            return null;
        var page = new GraphPage<T> { Items = items, IsCutShort = items.Count < listed };
        if (!answer.RootElement.TryGetProperty("paging", out var paging) || !HasNext(paging))
            return page;
        return CursorOf(paging) is { } after ? page with { After = after } : null;
    }

    private static T? Item<T>(JsonElement element, JsonTypeInfo<T> type, bool skipsOdd)
        where T : class
    {
        try
        {
            return TolerantJson.Read(element, type);
        }
        catch (Exception error) when (skipsOdd && error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static async Task<GraphResult<IReadOnlyList<T>>> ReadAllAsync<T>(
        IGraphClient graph, Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        List<T> items = [];
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string? after = null;
        string operation;
        var isCutShort = false;
        do
        {
            var call = page(after);
            operation = call.Operation;
            var result = await graph.SendAsync(call, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                return result.Error;

            items.AddRange(result.Value.Items);
            isCutShort |= result.Value.IsCutShort;
            after = result.Value.After;
            if (after is null)
                return new GraphResult<IReadOnlyList<T>>(items) { IsCutShort = isCutShort };
        }
        while (cursors.Add(after) && cursors.Count < MaxPages);

        return new GraphError { Kind = GraphErrorKind.UnreadableAnswer, Operation = operation };
    }

    // The address itself is never called: it holds the token, and it could point anywhere.
    private static string? CursorOf(JsonElement paging) =>
        paging.TryGetProperty("cursors", out var cursors) && Text(cursors, "after") is { Length: > 0 } after ? after
        : Uri.TryCreate(Text(paging, "next"), UriKind.Absolute, out var uri) && QueryHelpers.ParseQuery(uri.Query).TryGetValue("after", out var named) && named is [{ Length: > 0 } only] ? only
        : null;

    private static bool HasNext(JsonElement paging) =>
        paging.ValueKind == JsonValueKind.Object && paging.TryGetProperty("next", out var next)
        && next.ValueKind is not (JsonValueKind.Null or JsonValueKind.False) && Text(paging, "next") is not "";

    /// <summary>A cursor may be written as a number.</summary>
    private static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => JsonText.Of(value), JsonValueKind.Number => value.GetRawText(), _ => null }
        : null;
}
