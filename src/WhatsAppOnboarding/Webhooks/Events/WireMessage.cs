using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What messages of customers and of the business have in common, whatever their type.</summary>
internal static class WireMessage
{
    /// <summary>The part that is text.</summary>
    public static string? Text(JsonElement message, string? type) => type switch
    {
        "text" or null => message.Child("text"u8).Text("body"u8),
        "image" or "video" or "document" => File(message, type).Text("caption"u8),
        "button" => message.Child("button"u8).Text("text"u8),
        "reaction" => message.Child("reaction"u8).Text("emoji"u8),
        "interactive" => Reply(message).Text("title"u8) ?? message.Child("interactive"u8).Child("nfm_reply"u8).Text("body"u8),
        "system" => message.Child("system"u8).Text("body"u8),

        // It holds a whole message, of which an edit is none.
        "edit" when message.Child("edit"u8).Child("message"u8) is var edited && edited.Text("type"u8) is not "edit" => Text(edited, edited.Text("type"u8)),
        _ => null,
    };

    /// <summary>The earlier message that it changes.</summary>
    public static string? Target(JsonElement message, string? type) => type switch
    {
        "edit" => message.Child("edit"u8).Text("original_message_id"u8),
        "revoke" => message.Child("revoke"u8).Text("original_message_id"u8),
        "reaction" => message.Child("reaction"u8).Text("message_id"u8),
        _ => null,
    };

    /// <summary>What the business called the button or the choice.</summary>
    public static string? Choice(JsonElement message) => Reply(message).Text("id"u8) ?? message.Child("button"u8).Text("payload"u8);

    /// <summary>What its type says of a file.</summary>
    public static JsonElement File(JsonElement message, string? type) => type switch
    {
        "image" => message.Child("image"u8),
        "audio" => message.Child("audio"u8),
        "video" => message.Child("video"u8),
        "document" => message.Child("document"u8),
        "sticker" => message.Child("sticker"u8),
        _ => default,
    };

    private static JsonElement Reply(JsonElement message) => message.Child("interactive"u8) is var interactive
        && interactive.Child("button_reply"u8) is { ValueKind: JsonValueKind.Object } button ? button : interactive.Child("list_reply"u8);
}

/// <summary>A customer as Meta names them; what it leaves out or empty is null.</summary>
internal readonly record struct WirePerson(string? Number, string? UserId, string? ParentUserId);

/// <summary>The contacts of one change, read once for all its items: a change may have thousands of both.</summary>
internal sealed class WireContacts(JsonElement value)
{
    private JsonElement[]? _all;
    private Dictionary<(Kind, string, bool HasUserId, bool HasParent), int>? _first;

    private enum Kind
    {
        UserId,
        Parent,
        Number,
    }

    /// <summary>The contact who it is: by user id first, then by number; the only one there is, too, where nothing can be compared.</summary>
    public JsonElement Of(WirePerson person)
    {
        _all ??= [.. value.Items("contacts"u8)];
        _first ??= Index(_all);
        bool[] users = person.UserId is null ? [false, true] : [false], parents = person.ParentUserId is null ? [false, true] : [false];
        var found = First([Find(Kind.UserId, person.UserId), .. users.Select(hasUserId => Find(Kind.Parent, person.ParentUserId, hasUserId))])
            ?? First(users.SelectMany(_ => parents, (hasUserId, hasParent) => Find(Kind.Number, person.Number, hasUserId, hasParent)));
        return found is { } index ? _all[index] : _all is [var only] && !CanCompare(person, Read(only)) ? only : default;
    }

    private int? Find(Kind kind, string? id, bool hasUserId = false, bool hasParent = false) =>
        id is not null && _first!.TryGetValue((kind, id, hasUserId, hasParent), out var index) ? index : null;

    private static int? First(IEnumerable<int?> found) => found.Min();

    private static bool CanCompare(WirePerson one, WirePerson other) =>
        (one.UserId is not null && other.UserId is not null) || (one.ParentUserId is not null && other.ParentUserId is not null) || (one.Number is not null && other.Number is not null);

    private static WirePerson Read(JsonElement contact) => new(contact.Text("wa_id"u8), contact.Text("user_id"u8), contact.Text("parent_user_id"u8));

    /// <summary>Where each id stands first. Parents and numbers are compared only where no nearer id can be, so it is kept with them which those are.</summary>
    private static Dictionary<(Kind, string, bool, bool), int> Index(JsonElement[] contacts)
    {
        var first = new Dictionary<(Kind, string, bool, bool), int>();
        foreach (var (index, contact) in contacts.Index())
        {
            var (number, userId, parent) = Read(contact);
            if (userId is not null)
                first.TryAdd((Kind.UserId, userId, false, false), index);
            if (parent is not null)
                first.TryAdd((Kind.Parent, parent, userId is not null, false), index);
            if (number is not null)
                first.TryAdd((Kind.Number, number, userId is not null, parent is not null), index);
        }

        return first;
    }
}
