using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Contacts of the WhatsApp Business app changed (field <c>smb_app_state_sync</c>, coexistence).</summary>
/// <param name="Contacts">The contacts that changed.</param>
public sealed record AppContactsChanged(IReadOnlyList<AppContact> Contacts) : EventContent
{
    internal static AppContactsChanged Read(JsonElement value) =>
        new(value.Child("state_sync"u8) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(AppContact.Read)] : []);
}

/// <summary>A contact of the WhatsApp Business app.</summary>
/// <param name="Action"><c>add</c> or <c>remove</c>; a change is an <c>add</c>.</param>
/// <param name="Phone">The contact's telephone number.</param>
/// <param name="FullName">The full name.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="At">When it changed.</param>
public sealed record AppContact(string? Action, string? Phone, string? FullName, string? FirstName, DateTimeOffset? At)
{
    internal static AppContact Read(JsonElement item)
    {
        var contact = item.Child("contact"u8);
        return new AppContact(
            item.Text("action"u8), contact.Text("phone_number"u8), contact.Text("full_name"u8), contact.Text("first_name"u8), item.Child("metadata"u8).Time("timestamp"u8));
    }
}

/// <summary>
/// A part of the messages that the WhatsApp Business app had (field <c>history</c>, coexistence): thousands may come at once, all of them in the
/// event's raw JSON. Store it first and work on it later.
/// </summary>
/// <param name="Chunks">The parts.</param>
/// <param name="Errors">Why there is none, such as 2593109: the customer did not share it.</param>
public sealed record HistoryReceived(IReadOnlyList<HistoryChunk> Chunks, IReadOnlyList<MessageError> Errors) : EventContent
{
    internal static HistoryReceived Read(JsonElement value)
    {
        var list = value.Child("history"u8);
        if (list.ValueKind is not JsonValueKind.Array)
            return new HistoryReceived([], []);
        return new HistoryReceived(
            [.. list.EnumerateArray().Where(item => item.Child("metadata"u8).ValueKind is JsonValueKind.Object).Select(HistoryChunk.Read)],
            [.. list.EnumerateArray().SelectMany(MessageError.ReadAll)]);
    }
}

/// <summary>One part of a history.</summary>
/// <param name="Phase">0: the last day; 1: up to 90 days; 2: up to 180 days.</param>
/// <param name="Order">The part's place in its phase.</param>
/// <param name="Progress">How much has come, in percent.</param>
public sealed record HistoryChunk(int? Phase, int? Order, int? Progress)
{
    internal static HistoryChunk Read(JsonElement item)
    {
        var metadata = item.Child("metadata"u8);
        return new HistoryChunk(metadata.Number("phase"u8), metadata.Number("chunk_order"u8), metadata.Number("progress"u8));
    }
}
