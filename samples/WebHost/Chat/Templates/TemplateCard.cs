using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>An approved template as people choose, fill and see it.</summary>
public sealed partial record TemplateCard
{
    public required string Name { get; init; }

    public required string Language { get; init; }

    public string? Category { get; init; }

    public string? Header { get; init; }

    public required string Body { get; init; }

    public string? Footer { get; init; }

    /// <summary>What its buttons say.</summary>
    public IReadOnlyList<string> Buttons { get; init; } = [];

    public IReadOnlyList<TemplateField> Fields { get; init; } = [];

    /// <summary>Whether it has something that cannot be filled in here.</summary>
    public bool IsBeyond { get; init; }

    /// <summary>The name as words.</summary>
    public string Title => string.Concat(Name.Replace('_', ' ').Select((letter, at) => at is 0 ? char.ToUpperInvariant(letter) : letter));

    /// <summary>One name may have several languages.</summary>
    public string Key => $"{Name}|{Language}";

    public static TemplateCard Of(MessageTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var parts = template.Components.ValueKind is JsonValueKind.Array ? template.Components.EnumerateArray().Where(part => part.ValueKind is JsonValueKind.Object).ToList() : [];
        var header = parts.Find(part => Is(part, "HEADER"));
        var body = parts.Find(part => Is(part, "BODY"));
        var buttons = parts.Where(part => Is(part, "BUTTONS")).SelectMany(part => part.TryGetProperty("buttons", out var all) && all.ValueKind is JsonValueKind.Array ? all.EnumerateArray() : default(IEnumerable<JsonElement>) ?? []).ToList();
        var format = Text(header, "format");
        MessageKind? media = format switch { "IMAGE" => MessageKind.Image, "VIDEO" => MessageKind.Video, "DOCUMENT" => MessageKind.Document, _ => null };
        var (top, text) = (media is null ? Text(header, "text") : null, Text(body, "text") ?? "");
        return new TemplateCard
        {
            Name = template.Name,
            Language = template.Language,
            Category = template.Category,
            Header = top,
            Body = text,
            Footer = Text(parts.Find(part => Is(part, "FOOTER")), "text"),
            Buttons = [.. buttons.Select(button => Text(button, "text")).OfType<string>()],
            Fields =
            [
                .. media is { } kind ? [new TemplateField(TemplatePart.Header, 0, "", Media: kind)] : Places(TemplatePart.Header, top, template.HasNamedParameters),
                .. Places(TemplatePart.Body, text, template.HasNamedParameters),
                .. buttons.SelectMany((button, index) => Button(button, index)),
            ],
            IsBeyond = (format is not null and not "TEXT" && media is null) || parts.Exists(part => Is(part, "CAROUSEL") || Is(part, "LIMITED_TIME_OFFER"))
                || buttons.Exists(button => Text(button, "type") is not ("QUICK_REPLY" or "URL" or "PHONE_NUMBER" or "COPY_CODE")),
        };
    }

    /// <summary>What the customer gets to read.</summary>
    public string Fill(IReadOnlyList<TemplateValue> values)
    {
        string Filled(TemplatePart part, string text) => values.Where(value => value.Field.Part == part && value.Field.Placeholder.Length > 0)
            .Aggregate(text, (so, value) => so.Replace(value.Field.Placeholder, value.Value, StringComparison.Ordinal));
        return string.Join("\n\n", new[] { Header is null ? null : Filled(TemplatePart.Header, Header), Filled(TemplatePart.Body, Body), Footer }.OfType<string>().Where(text => text.Length > 0));
    }

    private static IEnumerable<TemplateField> Places(TemplatePart part, string? text, bool isNamed) => Placeholder().Matches(text ?? "")
        .DistinctBy(match => match.Groups["name"].Value)
        .Select((match, index) => new TemplateField(part, index, match.Value, isNamed ? match.Groups["name"].Value : null));

    private static IEnumerable<TemplateField> Button(JsonElement button, int index) => Text(button, "type") switch
    {
        "URL" when Text(button, "url") is { } address && address.Contains("{{", StringComparison.Ordinal) => [new TemplateField(TemplatePart.Link, index, "", Example: Text(button, "text"))],
        "COPY_CODE" => [new TemplateField(TemplatePart.Coupon, index, "", Example: Text(button, "text"))],
        _ => [],
    };

    private static bool Is(JsonElement part, string type) => string.Equals(Text(part, "type"), type, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement part, string name) =>
        part.ValueKind is JsonValueKind.Object && part.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]+)\s*\}\}", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Placeholder();
}
