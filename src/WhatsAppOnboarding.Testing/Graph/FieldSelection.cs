using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>fields=</c>: the fields asked for, or the node's default ones; an unknown one fails the whole call.</summary>
internal static class FieldSelection
{
    /// <param name="all">Every field that the node knows; null where it has no value now.</param>
    /// <param name="fields">The parameter as sent.</param>
    /// <param name="defaults">Fields given when none are asked for, separated by commas.</param>
    /// <param name="nodeType">The node's type, for the error.</param>
    public static JsonObject Select(JsonObject all, string? fields, string defaults, string nodeType)
    {
        var names = (string.IsNullOrWhiteSpace(fields) ? defaults : fields)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var selected = new JsonObject();
        foreach (var name in names.Append("id").Distinct())
        {
            if (!all.TryGetPropertyValue(name, out var value))
                throw new GraphFailure(400, 100, $"(#100) Tried accessing nonexisting field ({name}) on node type ({nodeType})");
            if (value is not null)
                selected[name] = value.DeepClone();
        }

        return selected;
    }
}
