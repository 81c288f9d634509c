using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>Cursor paging: <c>limit</c>, <c>after</c>; <c>paging.next</c> only while there is more.</summary>
internal static class Paging
{
    private const int DefaultLimit = 25;

    public static JsonObject Page<T>(GraphRequest request, IEnumerable<T> items, Func<T, long> sequence, Func<T, JsonObject> render)
    {
        var after = After(request.Parameters["after"]);
        var limit = Limit(request);
        var rest = items.OrderBy(sequence).Where(item => sequence(item) > after).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();

        var answer = new JsonObject { ["data"] = new JsonArray([.. page.Select(render)]) };
        if (page.Count == 0)
            return answer;

        var last = Cursor(sequence(page[^1]));
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(sequence(page[0])), ["after"] = last } };
        if (rest.Count > limit)
            paging["next"] = Next(request, limit, last);
        answer["paging"] = paging;
        return answer;
    }

    // Meta's own link holds the access token too; here it never leaves in an answer.
    private static string Next(GraphRequest request, int limit, string after)
    {
        var query = new Dictionary<string, string?>
        {
            ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            ["after"] = after,
        };
        foreach (var name in (string[])["fields", "name", "status", "language", "category"])
        {
            if (request.Parameters[name] is { } value)
                query[name] = value;
        }

        return QueryHelpers.AddQueryString(request.Url, query);
    }

    private static int Limit(GraphRequest request)
    {
        if (request.Parameters["limit"] is not { } text)
            return Math.Min(DefaultLimit, request.Core.Options.MaxPageSize);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? Math.Min(limit, request.Core.Options.MaxPageSize)
            : throw new GraphFailure(400, 100, "(#100) Param limit must be a positive number");
    }

    private static string Cursor(long sequence) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes("c" + sequence.ToString(CultureInfo.InvariantCulture)));

    private static long After(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return 0;
        var buffer = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, buffer, out var length)
            && long.TryParse(Encoding.ASCII.GetString(buffer, 1, Math.Max(0, length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new GraphFailure(400, 100, "(#100) Invalid cursor");
    }
}
