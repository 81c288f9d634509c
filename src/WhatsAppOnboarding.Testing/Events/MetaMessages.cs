using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>What customers write: changes of the field <c>messages</c>.</summary>
public static partial class MetaMessages
{
    /// <summary>A message of any type.</summary>
    /// <param name="number">The business phone number that gets it.</param>
    /// <param name="customer">Who writes.</param>
    /// <param name="type">Meta's type; also the name of the member that holds <paramref name="content"/>.</param>
    /// <param name="content">What the type holds; null for none.</param>
    /// <param name="id">The <c>wamid</c>; null for a new one.</param>
    /// <param name="more">Further members of the message, for example <c>context</c>, <c>referral</c> or <c>group_id</c>.</param>
    public static WebhookChange Of(EmulatedNumber number, EmulatedCustomer customer, string type, JsonNode? content, string? id = null, JsonObject? more = null)
    {
        var message = new JsonObject
        {
            ["from_user_id"] = customer.UserId,
            ["id"] = id ?? MetaIds.NewMessageId(),
            ["timestamp"] = number.Seconds(),
            ["type"] = type,
        };
        if (customer.Number is not null)
            message["from"] = customer.Digits;
        if (content is not null)
            message[type] = content;
        return NumberValue.Of(
            number,
            "messages",
            ("contacts", new JsonArray(NumberValue.Contact(customer))),
            ("messages", new JsonArray(message.With(more))));
    }

    /// <summary>A text.</summary>
    public static WebhookChange Text(EmulatedNumber number, EmulatedCustomer customer, string body, string? id = null, JsonObject? more = null) =>
        Of(number, customer, "text", new JsonObject { ["body"] = body }, id, more);

    /// <summary>A picture, video, document, sticker or voice message.</summary>
    /// <param name="number">The business phone number that gets it.</param>
    /// <param name="customer">Who writes.</param>
    /// <param name="type"><c>image</c>, <c>audio</c>, <c>video</c>, <c>document</c> or <c>sticker</c>.</param>
    /// <param name="caption">The text below it, or null.</param>
    /// <param name="id">The <c>wamid</c>; null for a new one.</param>
    public static WebhookChange Media(EmulatedNumber number, EmulatedCustomer customer, string type = "image", string? caption = null, string? id = null)
    {
        var media = new JsonObject { ["mime_type"] = MimeType(type), ["sha256"] = "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", ["id"] = MetaIds.NewId() };
        if (caption is not null)
            media["caption"] = caption;
        if (type == "document")
            media["filename"] = "document.pdf";
        if (type == "audio")
            media["voice"] = true;
        if (type == "sticker")
            media["animated"] = false;
        return Of(number, customer, type, media, id);
    }

    /// <summary>A file that is at Meta, so that the app can load it.</summary>
    /// <param name="number">The business phone number that gets it.</param>
    /// <param name="customer">Who writes.</param>
    /// <param name="media">The file, from <see cref="EmulatedNumber.AddMedia"/>.</param>
    /// <param name="type"><c>image</c>, <c>audio</c>, <c>video</c>, <c>document</c> or <c>sticker</c>.</param>
    /// <param name="caption">The text below it, or null.</param>
    /// <param name="id">The <c>wamid</c>; null for a new one.</param>
    public static WebhookChange Media(EmulatedNumber number, EmulatedCustomer customer, EmulatedMedia media, string type = "image", string? caption = null, string? id = null)
    {
        var change = Media(number, customer, type, caption, id);
        var content = change.Value["messages"]![0]![type]!;
        (content["mime_type"], content["sha256"], content["id"]) = (media.MimeType, media.Base64Hash, media.Id);
        if (type == "document")
            content["filename"] = media.FileName ?? "document.pdf";
        return change;
    }

    /// <summary>A place.</summary>
    public static WebhookChange Location(EmulatedNumber number, EmulatedCustomer customer, double latitude, double longitude, string? name = null, string? address = null)
    {
        var place = new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude };
        if (name is not null)
            place["name"] = name;
        if (address is not null)
            place["address"] = address;
        return Of(number, customer, "location", place);
    }

    /// <summary>A tap on a template's quick reply.</summary>
    public static WebhookChange Button(EmulatedNumber number, EmulatedCustomer customer, string messageId, string text, string payload) =>
        Of(number, customer, "button", new JsonObject { ["text"] = text, ["payload"] = payload }, more: ReplyTo(number, messageId));

    /// <summary>A tap on a reply button of an interactive message.</summary>
    public static WebhookChange ButtonReply(EmulatedNumber number, EmulatedCustomer customer, string messageId, string replyId, string title) =>
        Interactive(number, customer, messageId, "button_reply", new JsonObject { ["id"] = replyId, ["title"] = title });

    /// <summary>A choice from a list of an interactive message.</summary>
    public static WebhookChange ListReply(EmulatedNumber number, EmulatedCustomer customer, string messageId, string replyId, string title, string description) =>
        Interactive(number, customer, messageId, "list_reply", new JsonObject { ["id"] = replyId, ["title"] = title, ["description"] = description });

    /// <summary>An answer of any kind to an interactive message, for example <c>nfm_reply</c>.</summary>
    public static WebhookChange Interactive(EmulatedNumber number, EmulatedCustomer customer, string messageId, string kind, JsonObject reply) =>
        Of(number, customer, "interactive", new JsonObject { ["type"] = kind, [kind] = reply }, more: ReplyTo(number, messageId));

    /// <summary>A contact card.</summary>
    public static WebhookChange Contacts(EmulatedNumber number, EmulatedCustomer customer, string formattedName, string phone) => Of(
        number,
        customer,
        "contacts",
        new JsonArray(new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = formattedName, ["first_name"] = formattedName },
            ["phones"] = new JsonArray(new JsonObject { ["phone"] = phone, ["wa_id"] = string.Concat(phone.Where(char.IsAsciiDigit)), ["type"] = "CELL" }),
        }));

    /// <summary>A cart of one product.</summary>
    public static WebhookChange Order(EmulatedNumber number, EmulatedCustomer customer, string catalogId, string productId, int quantity, double price, string currency = "USD") => Of(
        number,
        customer,
        "order",
        new JsonObject
        {
            ["catalog_id"] = catalogId,
            ["text"] = "",
            ["product_items"] = new JsonArray(new JsonObject { ["product_retailer_id"] = productId, ["quantity"] = quantity, ["item_price"] = price, ["currency"] = currency }),
        });

    /// <summary>A message of a type that the API does not show.</summary>
    public static WebhookChange Unsupported(EmulatedNumber number, EmulatedCustomer customer, string kind = "edit") => Of(
        number,
        customer,
        "unsupported",
        new JsonObject { ["type"] = kind },
        more: new JsonObject { ["errors"] = new JsonArray(NumberValue.Error(131051, "Message type unknown", "Message type is currently not supported.")) });

    /// <summary>An error of the system, an app or the account: neither messages nor statuses.</summary>
    public static WebhookChange SystemError(EmulatedNumber number, int code = 130429, string title = "Rate limit hit", string? details = "Message failed to send because there were too many messages sent from this phone number in a short period of time") =>
        NumberValue.Of(number, "messages", ("errors", new JsonArray(NumberValue.Error(code, title, details))));

    private static JsonObject ReplyTo(EmulatedNumber number, string messageId) =>
        new() { ["context"] = new JsonObject { ["from"] = number.Digits, ["id"] = messageId } };

    private static string MimeType(string type) => type switch
    {
        "image" => "image/jpeg",
        "audio" => "audio/ogg; codecs=opus",
        "video" => "video/mp4",
        "document" => "application/pdf",
        "sticker" => "image/webp",
        _ => throw new ArgumentException($"{type} is no media type. Use image, audio, video, document or sticker.", nameof(type)),
    };
}
