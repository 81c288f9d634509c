using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>The body of one POST: changes that follow each other under the same id and time share an entry.</summary>
internal static class WebhookEnvelope
{
    public static JsonObject Of(IEnumerable<WebhookChange> changes)
    {
        var entries = new JsonArray();
        WebhookChange? before = null;
        foreach (var change in changes)
        {
            if (before is not null && Share(before, change))
                entries[^1]!["changes"]!.AsArray().Add(Write(change));
            else
                entries.Add(Entry(change));
            before = change;
        }

        return new JsonObject { ["object"] = WebhookFields.Object, ["entry"] = entries };
    }

    private static bool Share(WebhookChange one, WebhookChange other) =>
        one.EntryId == other.EntryId
        && one.Time?.ToUnixTimeSeconds() == other.Time?.ToUnixTimeSeconds()
        && one.Placement != WebhookFieldPlacement.Entry
        && other.Placement != WebhookFieldPlacement.Entry;

    private static JsonObject Entry(WebhookChange change)
    {
        var entry = new JsonObject { ["id"] = change.EntryId };
        if (change.Time is { } at)
            entry["time"] = at.ToUnixTimeSeconds();
        entry["changes"] = new JsonArray(Write(change));
        if (change.Placement == WebhookFieldPlacement.Entry)
            entry["field"] = change.Field;
        return entry;
    }

    private static JsonObject Write(WebhookChange change)
    {
        var value = (JsonObject)change.Value.DeepClone();
        if (change.Placement == WebhookFieldPlacement.Value)
            value["field"] = change.Field;
        return change.Placement == WebhookFieldPlacement.Change
            ? new JsonObject { ["field"] = change.Field, ["value"] = value }
            : new JsonObject { ["value"] = value };
    }
}
