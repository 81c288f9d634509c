using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>One change of a webhook. Changes may travel together, see <see cref="WebhookSender.SendAsync(IEnumerable{WebhookChange}, CancellationToken)"/>.</summary>
public sealed record WebhookChange
{
    /// <summary>A change of an entry's field.</summary>
    public WebhookChange(string entryId, string field, JsonObject value) => (EntryId, Field, Value) = (entryId, field, value);

    /// <summary>The id of its entry: a WABA, or for some events a portfolio.</summary>
    public string EntryId { get; init; }

    /// <summary>Meta's field, for example <c>account_update</c>.</summary>
    public string Field { get; init; }

    /// <summary>What happened.</summary>
    public JsonObject Value { get; init; }

    /// <summary>The entry's time.</summary>
    /// <value>Null: the entry has none, as with messages.</value>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Where the field is named.</summary>
    /// <value><see cref="WebhookFieldPlacement.Change"/>.</value>
    public WebhookFieldPlacement Placement { get; init; }

    /// <summary>The WABA that the app must be subscribed to, or nothing is sent.</summary>
    /// <value>Null: sent whether or not the app is subscribed.</value>
    public string? WabaId { get; init; }

    /// <summary>The <c>wamid</c> of the first message that it is about, or null.</summary>
    public string? MessageId
    {
        get
        {
            var holder = Field == "standby" ? Value["standby"] as JsonObject : Value;
            foreach (var list in (string[])["messages", "statuses", "message_echoes"])
            {
                if ((holder?[list] as JsonArray)?.FirstOrDefault()?["id"] is JsonValue id && id.TryGetValue<string>(out var text))
                    return text;
            }

            return null;
        }
    }

    /// <summary>Any change of a WABA, for fields that are not in the catalogue.</summary>
    public static WebhookChange Of(EmulatedWaba waba, string field, JsonObject value) =>
        new(waba.Id, field, value) { WabaId = waba.Id, Time = waba.Owner.World.Now };

    /// <summary>Puts the items of several values into one, as Meta does with messages, statuses and the like of one number.</summary>
    public static WebhookChange Merge(params IEnumerable<WebhookChange> changes)
    {
        var all = changes.ToList();
        var value = (JsonObject)all[0].Value.DeepClone();
        foreach (var (name, items) in all.Skip(1).SelectMany(change => change.Value))
        {
            if (items is not JsonArray array)
                value.TryAdd(name, items?.DeepClone());
            else if (value[name] is JsonArray known)
                array.ToList().ForEach(item => known.Add(item?.DeepClone()));
            else
                value[name] = array.DeepClone();
        }

        return all[0] with { Value = value };
    }
}
