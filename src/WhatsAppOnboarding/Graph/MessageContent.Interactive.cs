using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Graph;

/// <content>Messages to choose from.</content>
public sealed partial class MessageContent
{
    /// <summary>A text of up to 1,024 characters with one to three buttons to answer by.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages</remarks>
    /// <param name="body">The text.</param>
    /// <param name="buttons">The buttons: ids of up to 256 and titles of up to 20 characters, no two alike.</param>
    /// <param name="header">What stands above: a <see cref="Text"/> of up to 60 characters, or a picture, film or document without a caption; null for nothing.</param>
    /// <param name="footer">What stands below, up to 60 characters; null for nothing.</param>
    public static MessageContent Buttons(string body, IReadOnlyCollection<MessageOption> buttons, MessageContent? header = null, string? footer = null)
    {
        ArgumentNullException.ThrowIfNull(buttons);
        if (buttons.Count is 0 or > 3)
            throw new ArgumentException("A message has one to three buttons.", nameof(buttons));
        if (buttons.Any(button => button is { Description: not null } or { Section: not null }))
            throw new ArgumentException("A button has an id and a title and nothing else.", nameof(buttons));
        Distinct(buttons.Select(button => Limit.Given(button.Id, 256, "The id of a button", nameof(buttons))), "The ids of buttons", nameof(buttons));
        Distinct(buttons.Select(button => Limit.Given(button.Title, 20, "The title of a button", nameof(buttons))), "The titles of buttons", nameof(buttons));
        var action = new JsonObject
        {
            ["buttons"] = new JsonArray([.. buttons.Select(button => new JsonObject
            {
                ["type"] = "reply",
                ["reply"] = new JsonObject { ["id"] = button.Id, ["title"] = button.Title },
            })]),
        };
        return Interactive("button", Limit.Given(body, 1024, "The text over buttons", nameof(body)), action, HeaderOf(header), footer);
    }

    /// <summary>A text of up to 4,096 characters with a button that opens a list of one to ten rows.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages</remarks>
    /// <param name="body">The text.</param>
    /// <param name="button">What the button says, up to 20 characters.</param>
    /// <param name="rows">
    /// The rows: ids of up to 200, titles of up to 24 and descriptions of up to 72 characters. Rows of one <see cref="MessageOption.Section"/> stand under its
    /// title of up to 24 characters; where there is more than one, each needs a title.
    /// </param>
    /// <param name="header">What stands above, up to 60 characters; null for nothing.</param>
    /// <param name="footer">What stands below, up to 60 characters; null for nothing.</param>
    public static MessageContent List(string body, string button, IReadOnlyCollection<MessageOption> rows, string? header = null, string? footer = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count is 0 or > 10)
            throw new ArgumentException("A list has one to ten rows.", nameof(rows));
        Distinct(rows.Select(row => Limit.Given(row.Id, 200, "The id of a row", nameof(rows))), "The ids of rows", nameof(rows));
        var sections = rows.GroupBy(row => row.Section).ToList();
        if (sections.Count > 1 && sections.Exists(section => string.IsNullOrEmpty(section.Key)))
            throw new ArgumentException("Where a list has more than one section, each has a title.", nameof(rows));
        var action = new JsonObject
        {
            ["button"] = Limit.Given(button, 20, "The button of a list", nameof(button)),
            ["sections"] = new JsonArray([.. sections.Select(section => Of(
                ("title", Limit.Text(section.Key, 24, "The title of a section", nameof(rows))),
                ("rows", new JsonArray([.. section.Select(row => Of(
                    ("id", row.Id),
                    ("title", Limit.Given(row.Title, 24, "The title of a row", nameof(rows))),
                    ("description", Limit.Text(row.Description, 72, "The description of a row", nameof(rows)))))]))))]),
        };
        return Interactive("list", Limit.Given(body, MaxTextLength, "The text over a list", nameof(body)), action, header is null ? null : HeaderOf(Text(header)), footer);
    }

    /// <summary>As a parameter of a template's header.</summary>
    internal JsonObject ToHeaderParameter(string parameter) => Type is "image" or "video" or "document" or "location" && !HasCaption
        ? new JsonObject { ["type"] = Type, [Type] = ToJson() }
        : throw new ArgumentException("The header of a template takes a picture, film or document without a caption, or a location.", parameter);

    private bool HasCaption => _json is JsonObject members && members.ContainsKey("caption");

    private static JsonObject? HeaderOf(MessageContent? header) => header switch
    {
        null => null,
        { Type: "text" } => new JsonObject { ["type"] = "text", ["text"] = Limit.Given((string)header._json["body"]!, 60, "A header", nameof(header)) },
        { Type: "image" or "video" or "document", HasCaption: false } => new JsonObject { ["type"] = header.Type, [header.Type] = header.ToJson() },
        _ => throw new ArgumentException("A header is a text, or a picture, film or document without a caption.", nameof(header)),
    };

    private static MessageContent Interactive(string type, string body, JsonObject action, JsonObject? header, string? footer) => new("interactive", Of(
        ("type", type),
        ("header", header),
        ("body", new JsonObject { ["text"] = body }),
        ("footer", footer is null ? null : new JsonObject { ["text"] = Limit.Given(footer, 60, "A footer", nameof(footer)) }),
        ("action", action)));

    private static void Distinct(IEnumerable<string> values, string what, string parameter)
    {
        var all = values.ToList();
        if (all.Distinct(StringComparer.Ordinal).Count() < all.Count)
            throw new ArgumentException($"{what} must differ.", parameter);
    }
}

/// <summary>Something to choose in a message: a button, or a row of a list.</summary>
public sealed record MessageOption
{
    /// <summary>What comes back by webhook when it is chosen.</summary>
    public required string Id { get; init; }

    /// <summary>What the customer reads.</summary>
    public required string Title { get; init; }

    /// <summary>A second line; rows only.</summary>
    public string? Description { get; init; }

    /// <summary>The title that the row stands under; rows only.</summary>
    public string? Section { get; init; }
}
