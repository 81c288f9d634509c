using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>How a part of a change is told from others, and read.</summary>
/// <param name="Name">The first part of its key; of a whole change, its field.</param>
/// <param name="List">The list in the value that holds such parts; null when the whole value is one.</param>
/// <param name="IdOf">Meta's id, if it has one.</param>
/// <param name="Read">Reads it, from value and part.</param>
internal sealed record ItemKind(string Name, string? List, Func<JsonElement, string?> IdOf, Func<JsonElement, JsonElement, EventContent> Read)
{
    private static readonly ItemKind[] Messages =
    [
        new("message", "messages", part => part.Text("id"u8), MessageReceived.Read),
        new("status", "statuses", StatusId, (_, part) => MessageStatusChanged.Read(part)),
        new("error", "errors", _ => null, (_, part) => new ErrorReported(MessageError.Read(part))),
    ];

    private static readonly ItemKind[] Echoes = [new("echo", "message_echoes", part => part.Text("id"u8), (_, part) => MessageEchoed.Read(part))];

    private static readonly Dictionary<string, ItemKind> Whole = new[]
    {
        Of("account_update", AccountUpdated.Read),
        Of("account_review_update", AccountReviewed.Read),
        Of("account_alerts", AccountAlerted.Read),
        Of("phone_number_name_update", NameReviewed.Read),
        Of("phone_number_quality_update", LimitChanged.Read),
        Of("business_capability_update", CapabilityChanged.Read),
        Of("security", SecurityChanged.Read),
        Of("user_preferences", PreferencesChanged.Read),
        Of("smb_app_state_sync", AppContactsChanged.Read),
        Of("history", HistoryReceived.Read),
    }.ToDictionary(kind => kind.Name);

    private static readonly ItemKind Unknown = Of("unknown", _ => new UnknownContent());

    /// <summary>As <see cref="List"/>, in the bytes of the wire.</summary>
    public byte[] ListBytes { get; } = Encoding.UTF8.GetBytes(List ?? "");

    /// <summary>The kinds of parts that a change of this field is cut into; empty when it is not cut.</summary>
    public static IReadOnlyList<ItemKind> PartsOf(string field) => field switch
    {
        "messages" => Messages,
        "smb_message_echoes" => Echoes,
        _ => [],
    };

    /// <summary>The kind of a change that is not cut.</summary>
    public static ItemKind WholeOf(string field) => Whole.GetValueOrDefault(field, Unknown);

    /// <summary>A message to a group has one for each member, and a payment several that differ in their time.</summary>
    private static string? StatusId(JsonElement status) => status.Text("id"u8) is { } id
        ? $"{status.Text("status"u8)}:{status.Text("timestamp"u8)}:{id}{(status.Text("recipient_participant_id"u8) is { } member ? ":" + member : "")}"
        : null;

    private static ItemKind Of(string name, Func<JsonElement, EventContent> read) => new(name, null, _ => null, (value, _) => read(value));
}
