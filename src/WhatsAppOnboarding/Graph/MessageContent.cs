using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Graph;

/// <summary>What a message says. What Meta certainly refuses is an <see cref="ArgumentException"/> that does not repeat it.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages</remarks>
public sealed partial class MessageContent
{
    /// <summary>The longest text that Meta takes, in characters.</summary>
    public const int MaxTextLength = 4096;

    private const int MaxCaptionLength = 1024;

    private readonly JsonNode _json;

    private MessageContent(string type, JsonNode json)
    {
        Type = type;
        _json = json;
    }

    /// <summary>Meta's word for the kind, such as <c>text</c> or <c>template</c>.</summary>
    public string Type { get; }

    /// <summary>A text of 1 to <see cref="MaxTextLength"/> characters; with or without a preview of its first link.</summary>
    public static MessageContent Text(string body, bool previewUrl = false) => new("text", new JsonObject
    {
        ["preview_url"] = previewUrl,
        ["body"] = Limit.Given(body, MaxTextLength, "A text message", nameof(body)),
    });

    /// <summary>A template, the only message that may begin a conversation, with what fills its placeholders, in their order.</summary>
    /// <param name="name">The template's name.</param>
    /// <param name="language">The language that it is to be sent in, such as <c>en_US</c>.</param>
    /// <param name="parameters">What fills its placeholders.</param>
    public static MessageContent Template(string name, string language, params IReadOnlyCollection<TemplateParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var template = new JsonObject
        {
            ["name"] = Limit.Given(name, 512, "The name of a template", nameof(name)),
            ["language"] = new JsonObject { ["code"] = Limit.Given(language, 20, "A language", nameof(language)) },
        };
        if (parameters.Count > 0)
            template["components"] = TemplateParameter.Components(parameters);
        return new("template", template);
    }

    /// <summary>A reaction to a message; null or an empty emoji takes it back.</summary>
    public static MessageContent Reaction(string messageId, string? emoji) => new("reaction", new JsonObject
    {
        ["message_id"] = Limit.Given(messageId, 512, "The id of a message", nameof(messageId)),
        ["emoji"] = emoji ?? "",
    });

    /// <summary>A picture by the id of an uploaded file.</summary>
    public static MessageContent Image(string mediaId, string? caption = null) => File("image", mediaId, caption);

    /// <summary>A picture that Meta loads from an address.</summary>
    public static MessageContent Image(Uri link, string? caption = null) => File("image", link, caption);

    /// <summary>A film by the id of an uploaded file.</summary>
    public static MessageContent Video(string mediaId, string? caption = null) => File("video", mediaId, caption);

    /// <summary>A film that Meta loads from an address.</summary>
    public static MessageContent Video(Uri link, string? caption = null) => File("video", link, caption);

    /// <summary>A sound by the id of an uploaded file.</summary>
    public static MessageContent Audio(string mediaId) => File("audio", mediaId);

    /// <summary>A sound that Meta loads from an address.</summary>
    public static MessageContent Audio(Uri link) => File("audio", link);

    /// <summary>A document by the id of an uploaded file, under a name whose ending says what it is.</summary>
    public static MessageContent Document(string mediaId, string? fileName = null, string? caption = null) => File("document", mediaId, caption, fileName);

    /// <summary>A document that Meta loads from an address, under a name whose ending says what it is.</summary>
    public static MessageContent Document(Uri link, string? fileName = null, string? caption = null) => File("document", link, caption, fileName);

    /// <summary>A sticker, a WebP picture, by the id of an uploaded file.</summary>
    public static MessageContent Sticker(string mediaId) => File("sticker", mediaId);

    /// <summary>A sticker, a WebP picture, that Meta loads from an address.</summary>
    public static MessageContent Sticker(Uri link) => File("sticker", link);

    /// <summary>A place on the map, in degrees.</summary>
    public static MessageContent Location(double latitude, double longitude, string? name = null, string? address = null)
    {
        if (!(Math.Abs(latitude) <= 90))
            throw new ArgumentException("A latitude is from -90 to 90 degrees.", nameof(latitude));
        if (!(Math.Abs(longitude) <= 180))
            throw new ArgumentException("A longitude is from -180 to 180 degrees.", nameof(longitude));
        return new("location", Of(("latitude", latitude), ("longitude", longitude), ("name", name), ("address", address)));
    }

    /// <summary>Contact cards, each with a name and one telephone number; at most 257.</summary>
    public static MessageContent Contacts(params IReadOnlyCollection<(string Name, string PhoneNumber)> contacts)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        return Contacts(new JsonArray([.. contacts.Select(contact => new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = Limit.Given(contact.Name, 1024, "A name", nameof(contacts)), ["first_name"] = contact.Name },
            ["phones"] = new JsonArray(new JsonObject { ["phone"] = Limit.Given(contact.PhoneNumber, 64, "A telephone number", nameof(contacts)) }),
        })]));
    }

    /// <summary>Contact cards in Meta's own JSON, for all that a card can hold; at most 257.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages</remarks>
    public static MessageContent Contacts(JsonArray contacts)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        return contacts.Count is > 0 and <= 257 ? new("contacts", contacts.DeepClone()) : throw new ArgumentException("A message has 1 to 257 contacts.", nameof(contacts));
    }

    /// <summary>Meta's word for the kind. Never what it says.</summary>
    public override string ToString() => Type;

    internal JsonNode ToJson() => _json.DeepClone();

    private static MessageContent File(string type, string mediaId, string? caption = null, string? fileName = null) =>
        File(type, "id", Limit.Id(mediaId, "The id of a file", nameof(mediaId)), caption, fileName);

    private static MessageContent File(string type, Uri link, string? caption = null, string? fileName = null) =>
        File(type, "link", Limit.Link(link, nameof(link)), caption, fileName);

    private static MessageContent File(string type, string member, string where, string? caption, string? fileName) => new(type, Of(
        (member, where),
        ("caption", Limit.Text(caption, MaxCaptionLength, "A caption", nameof(caption))),
        ("filename", Limit.Text(fileName, 240, "The name of a file", nameof(fileName)))));

    private static JsonObject Of(params IEnumerable<(string Name, JsonNode? Value)> members) =>
        new(members.Where(member => member.Value is not null).Select(member => new KeyValuePair<string, JsonNode?>(member.Name, member.Value)));
}
