using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace WhatsAppOnboarding.Graph;

/// <summary>A page as Meta writes it.</summary>
internal sealed record WirePage<TWire>(TWire?[] Data, WirePaging? Paging = null)
    where TWire : class;

internal sealed record WirePaging(WireCursors? Cursors = null, string? Next = null);

internal sealed record WireCursors(string? After = null);

internal static class WirePage
{
    public static GraphPage<TWire>? Read<TWire>(ReadOnlySpan<byte> json, JsonTypeInfo<WirePage<TWire>> type)
        where TWire : class => Read(json, type, item => item);

    /// <summary>Null when an item is missing, or when there is a next page but no cursor to ask for it.</summary>
    public static GraphPage<T>? Read<TWire, T>(ReadOnlySpan<byte> json, JsonTypeInfo<WirePage<TWire>> type, Func<TWire, T> map)
        where TWire : class
    {
        if (JsonSerializer.Deserialize(json, type) is not { } page)
            return null;

        var items = new List<T>(page.Data.Length);
        foreach (var item in page.Data)
        {
            if (item is null)
                return null;
            items.Add(map(item));
        }

        if (page.Paging?.Next is not { Length: > 0 } next)
            return new(items, null);
        return CursorOf(page.Paging.Cursors, next) is { } after ? new(items, after) : null;
    }

    // The address itself is never called: it holds the token, and it could point anywhere.
    private static string? CursorOf(WireCursors? cursors, string next) =>
        cursors?.After is { Length: > 0 } after ? after
        : Uri.TryCreate(next, UriKind.Absolute, out var uri) && QueryHelpers.ParseQuery(uri.Query).TryGetValue("after", out var named) && named is [{ Length: > 0 } only] ? only
        : null;
}
