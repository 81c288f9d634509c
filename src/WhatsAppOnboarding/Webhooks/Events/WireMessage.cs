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
        "interactive" => Reply(message).Text("title"u8) ?? Form(message).Text("body"u8) ?? message.Child("interactive"u8).Child("call_permission_reply"u8).Text("response"u8),
        "order" => message.Child("order"u8).Text("text"u8),
        "system" => message.Child("system"u8).Text("body"u8),

        // It holds a whole message, of which an edit is none.
        "edit" when Edited(message) is var edited && edited.Text("type"u8) is not "edit" => Text(edited, edited.Text("type"u8)),
        _ => null,
    };

    /// <summary>What an edit puts in the place of the earlier message.</summary>
    public static JsonElement Edited(JsonElement message) => message.Child("edit"u8).Child("message"u8);

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

    /// <summary>The answers given in a form, which Meta writes as a text that is JSON; as they came where they are JSON themselves.</summary>
    public static string? Answers(JsonElement message) =>
        Form(message).Child("response_json"u8) is { ValueKind: JsonValueKind.Object } answers ? answers.GetRawText() : Form(message).Text("response_json"u8);

    /// <summary>What its type says of a file.</summary>
    public static JsonElement File(JsonElement message, string? type) => type switch
    {
        "image" => message.Child("image"u8),
        "audio" => message.Child("audio"u8),
        "video" => message.Child("video"u8),
        "document" => message.Child("document"u8),
        "sticker" => message.Child("sticker"u8),
        "edit" when Edited(message) is var edited && edited.Text("type"u8) is not "edit" => File(edited, edited.Text("type"u8)),
        _ => default,
    };

    private static JsonElement Form(JsonElement message) => message.Child("interactive"u8).Child("nfm_reply"u8);

    private static JsonElement Reply(JsonElement message) => message.Child("interactive"u8) is var interactive
        && interactive.Child("button_reply"u8) is { ValueKind: JsonValueKind.Object } button ? button : interactive.Child("list_reply"u8);
}

/// <summary>A customer as Meta names them; what it leaves out or empty is null.</summary>
internal readonly record struct WirePerson(string? Number, string? UserId, string? ParentUserId)
{
    public static WirePerson Of(JsonElement contact) => new(contact.Text("wa_id"u8), contact.Text("user_id"u8), contact.Text("parent_user_id"u8));
}

/// <summary>The contacts of one change, read once for all its items: a change may have thousands of both.</summary>
internal sealed class WireContacts(JsonElement value)
{
    private static readonly byte[][] Lists = ["messages"u8.ToArray(), "statuses"u8.ToArray(), "user_preferences"u8.ToArray()];

    private (JsonElement Contact, WirePerson Person)[]? _all;
    private ILookup<string?, int>? _byUserId, _byParent, _byNumber;

    /// <summary>The contact who it is: by user id first, then by number; the only one of the only item, too, where one of them names nobody.</summary>
    public JsonElement Of(WirePerson person)
    {
        _all ??= [.. value.Items("contacts"u8).Select(contact => (contact, WirePerson.Of(contact)))];
        if (_all is [var only])
            return IsSame(only.Person, person) || IsOfOnlyItem(only.Person, person) ? only.Contact : default;
        _byUserId ??= Index(one => one.UserId);
        _byParent ??= Index(one => one.ParentUserId);
        _byNumber ??= Index(one => one.Number);
        var found = First(_byUserId, person.UserId, person) ?? First(_byParent, person.ParentUserId, person) ?? First(_byNumber, person.Number, person);
        return found is { } index ? _all[index].Contact : default;
    }

    private bool IsOfOnlyItem(WirePerson one, WirePerson other) =>
        (one == default || other == default) && Lists.Sum(list => value.Items(list).Count()) == 1;

    /// <summary>By the first of the three ids that both have.</summary>
    private static bool IsSame(WirePerson one, WirePerson other) =>
        one.UserId is not null && other.UserId is not null ? one.UserId == other.UserId
        : one.ParentUserId is not null && other.ParentUserId is not null ? one.ParentUserId == other.ParentUserId
        : one.Number is not null && one.Number == other.Number;

    private int? First(ILookup<string?, int> by, string? id, WirePerson person) =>
        id is null ? null : by[id].Where(index => IsSame(_all![index].Person, person)).Select(index => (int?)index).FirstOrDefault();

    private ILookup<string?, int> Index(Func<WirePerson, string?> id) => Enumerable.Range(0, _all!.Length).ToLookup(index => id(_all[index].Person));
}
