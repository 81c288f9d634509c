using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// A field that this library knows. <see cref="All"/> is the one table of them: how a change is cut into items and read, what it is about, and whether
/// the authority follows it; and each of them is asked of Meta when the app's webhooks are set up.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</remarks>
internal sealed record WebhookField(string Name)
{
    private static readonly ItemKind[] Messages =
    [
        new("message", "messages", part => part.Text("id"u8), (change, part) => MessageReceived.Read(change.Contacts, part)),
        new("status", "statuses", StatusId, (change, part) => MessageStatusChanged.Read(change.Contacts, part)),
        new("error", "errors", _ => null, (_, part) => MessageError.Read(part)),
    ];

    private static readonly ItemKind[] Echoes = [new("echo", "message_echoes", part => part.Text("id"u8), (change, part) => MessageEchoed.Read(change.Contacts, part))];

    // Of the field in the key: the same message may also come to be answered.
    private static readonly ItemKind[] Copies =
    [
        new("standby_message", "messages", part => part.Text("id"u8), (change, part) => MessageReceived.Read(change.Contacts, part)),
        new("standby_status", "statuses", StatusId, (change, part) => MessageStatusChanged.Read(change.Contacts, part)),
        new("standby_echo", "message_echoes", part => part.Text("id"u8), (change, part) => MessageEchoed.Read(change.Contacts, part)),
    ];

    /// <summary>Every field, one row each.</summary>
    public static IReadOnlyList<WebhookField> All { get; } =
    [
        new("messages") { IsAboutNumber = true, Parts = Messages },
        new("account_update") { IsFollowed = true, Read = AccountUpdated.Read },
        new("account_review_update") { IsFollowed = true, Read = AccountReviewed.Read },
        new("account_alerts") { IsFollowed = true, Read = AccountAlerted.Read },
        new("phone_number_name_update") { IsFollowed = true, Read = NameReviewed.Read },
        new("phone_number_quality_update") { IsFollowed = true, Read = LimitChanged.Read },
        new("business_capability_update") { IsFollowed = true, Read = CapabilityChanged.Read },
        new("security") { IsFollowed = true, Read = SecurityChanged.Read },
        new("user_preferences") { IsAboutNumber = true, Read = PreferencesChanged.Read },
        new("smb_message_echoes") { IsAboutNumber = true, Parts = Echoes },
        new("smb_app_state_sync") { IsAboutNumber = true, Read = AppContactsChanged.Read },
        new("history") { IsAboutNumber = true, Read = HistoryReceived.Read },
        new("messaging_handovers") { IsAboutNumber = true, Read = ThreadControlChanged.Read },
        new("standby") { IsAboutNumber = true, Parts = Copies, Within = "standby" },
    ];

    private static readonly Dictionary<string, WebhookField> ByName = All.ToDictionary(field => field.Name);

    private readonly ItemKind? _whole;

    /// <summary>Whether it is only ever about a number: without the number's id nobody else of the WABA may see it.</summary>
    public bool IsAboutNumber { get; init; }

    /// <summary>Whether it says something of a number or WABA that the authority keeps.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>The kinds of items that a change is cut into; empty when it is not cut.</summary>
    public IReadOnlyList<ItemKind> Parts { get; init; } = [];

    /// <summary>The object of the value in which the lists of the parts stand; null for the value itself.</summary>
    public string? Within { get; init; }

    /// <summary>Reads a change that is not cut.</summary>
    public Func<JsonElement, EventContent> Read
    {
        init => _whole = new ItemKind(Name, null, _ => null, (change, _) => value(change.Value));
    }

    /// <summary>The kind of a change that is one item.</summary>
    public ItemKind Whole => _whole ?? ItemKind.Unknown;

    /// <summary>Whether there is a kind for it; else handlers are told it raw.</summary>
    public bool IsTyped => _whole is not null || Parts.Count > 0;

    /// <summary>The field of this name; null for one that is not known.</summary>
    public static WebhookField? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A message to a group has one for each member, and a payment several that differ in their time.</summary>
    private static string? StatusId(JsonElement status) => status.Text("id"u8) is { } id
        ? string.Join(':', [status.Text("status"u8), status.Text("timestamp"u8), id, .. Members(status).OfType<string>()])
        : null;

    private static IEnumerable<string?> Members(JsonElement status)
    {
        yield return status.Text("recipient_participant_id"u8);
        yield return status.Text("recipient_participant_user_id"u8);
        if (status.Text("recipient_type"u8) is "group")
            yield return status.Text("recipient_user_id"u8);
    }
}

/// <summary>How an item is told from others, and read.</summary>
/// <param name="Name">The first part of its key; of a whole change, its field.</param>
/// <param name="List">The list in the value that holds such items; null when the whole value is one.</param>
/// <param name="IdOf">Meta's id, if it has one.</param>
/// <param name="Read">Reads it, from change and item; null when there is no kind for it.</param>
internal sealed record ItemKind(string Name, string? List, Func<JsonElement, string?> IdOf, Func<WebhookChange, JsonElement, EventContent?> Read)
{
    /// <summary>A change that this version has no kind for.</summary>
    public static readonly ItemKind Unknown = new("unknown", null, _ => null, (_, _) => null);

    /// <summary>As <see cref="List"/>, in the bytes of the wire.</summary>
    public byte[] ListBytes { get; } = Encoding.UTF8.GetBytes(List ?? "");
}
