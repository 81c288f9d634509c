using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace WhatsAppOnboarding.Graph;

/// <summary>One page of a listing. A page may be short or even empty and still be followed by another.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/results</remarks>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record GraphPage<T>
{
    /// <summary>What is on this page, in Meta's order.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page, or null when this is the last one.</summary>
    public string? After { get; init; }
}

/// <summary>Reads pages as Meta writes them, and listings to their end.</summary>
internal static class GraphPage
{
    private const int MaxPages = 100;

    public static GraphPage<T>? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class => Read(json, type, item => item);

    /// <summary>Null when an item is missing, or when there is a next page but no cursor to ask for it.</summary>
    public static GraphPage<T>? Read<TWire, T>(ReadOnlySpan<byte> json, JsonTypeInfo<TWire> type, Func<TWire, T> map)
        where TWire : class
    {
        var reader = new Utf8JsonReader(json);
        using var answer = JsonDocument.ParseValue(ref reader);
        if (reader.Read() || !answer.RootElement.TryGetProperty("data", out var data))
            return null;

        var items = new List<T>(data.GetArrayLength());
        foreach (var element in data.EnumerateArray())
        {
            if (TolerantJson.Read(element, type) is not { } item)
                return null;
            items.Add(map(item));
        }

        if (!answer.RootElement.TryGetProperty("paging", out var paging) || Text(paging, "next") is not { Length: > 0 } next)
            return new() { Items = items };
        return CursorOf(paging, next) is { } after ? new() { Items = items, After = after } : null;
    }

    public static async Task<GraphResult<IReadOnlyList<T>>> ReadAllAsync<T>(
        IGraphClient graph, Func<string?, GraphCall<GraphPage<T>>> page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        List<T> items = [];
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string? after = null;
        string operation;
        do
        {
            var call = page(after);
            operation = call.Operation;
            var result = await graph.SendAsync(call, cancellationToken).ConfigureAwait(false);
            if (!result.Succeeded)
                return result.Error;

            items.AddRange(result.Value.Items);
            after = result.Value.After;
            if (after is null)
                return new GraphResult<IReadOnlyList<T>>(items);
        }
        while (cursors.Add(after) && cursors.Count < MaxPages);

        return new GraphError { Kind = GraphErrorKind.UnreadableAnswer, Operation = operation };
    }

    // The address itself is never called: it holds the token, and it could point anywhere.
    private static string? CursorOf(JsonElement paging, string next) =>
        paging.TryGetProperty("cursors", out var cursors) && Text(cursors, "after") is { Length: > 0 } after ? after
        : Uri.TryCreate(next, UriKind.Absolute, out var uri) && QueryHelpers.ParseQuery(uri.Query).TryGetValue("after", out var named) && named is [{ Length: > 0 } only] ? only
        : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
