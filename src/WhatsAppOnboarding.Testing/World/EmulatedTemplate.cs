using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Testing;

/// <summary>A message template of a WABA. Properties may be set at any time; the next call sees them.</summary>
/// <remarks>
/// Placeholders are <c>{{1}}</c>, <c>{{2}}</c> … or names such as <c>{{first_name}}</c>; a message must fill all of them.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
/// </remarks>
public sealed partial class EmulatedTemplate
{
    internal EmulatedTemplate(string id, string name, string language, string body, long sequence)
    {
        Id = id;
        Name = name;
        Language = language;
        Body = body;
        Sequence = sequence;
    }

    /// <summary>The template's id, digits.</summary>
    public string Id { get; }

    /// <summary>The name: lower-case letters, digits and underscores.</summary>
    public string Name { get; }

    /// <summary>Meta's language code, for example <c>en_US</c>.</summary>
    public string Language { get; }

    /// <summary>AUTHENTICATION, MARKETING or UTILITY. An AUTHENTICATION template cannot be sent to a user id (131062).</summary>
    /// <value>UTILITY.</value>
    public string Category { get; set; } = "UTILITY";

    /// <summary>Meta's status. Only APPROVED can be sent: PAUSED is refused with 132015, DISABLED with 132016, all others with 132001.</summary>
    /// <value>APPROVED.</value>
    public string Status { get; set; } = "APPROVED";

    /// <summary>The text of the header, with at most one placeholder.</summary>
    /// <value>Null: no text there.</value>
    public string? HeaderText { get; set; }

    /// <summary>The file in the header: IMAGE, VIDEO or DOCUMENT. It takes the place of <see cref="HeaderText"/>.</summary>
    /// <value>Null: no file there.</value>
    public string? HeaderMedia { get; set; }

    /// <summary>The text of the message.</summary>
    public string Body { get; set; }

    /// <summary>The text below it.</summary>
    /// <value>Null: none.</value>
    public string? Footer { get; set; }

    /// <summary>The buttons in their order; a message names one by its index, from 0.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<EmulatedTemplateButton> Buttons { get; set; } = [];

    internal long Sequence { get; }

    /// <summary>Whether placeholders have names instead of numbers: Meta's <c>parameter_format</c> NAMED.</summary>
    internal bool IsNamed => Placeholders(HeaderText).Concat(Placeholders(Body)).Any(name => !name.All(char.IsAsciiDigit));

    internal static IReadOnlyList<string> Placeholders(string? text) =>
        [.. Placeholder().Matches(text ?? "").Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>The text with each placeholder replaced.</summary>
    internal static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>Name, language and status.</summary>
    public override string ToString() => $"{Name} ({Language}), {Status}";

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
