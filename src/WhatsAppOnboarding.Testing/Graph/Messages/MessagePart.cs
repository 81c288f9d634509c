using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>An object in the body of a message, and the way to it as Meta's errors write it: <c>interactive['body']</c>.</summary>
internal sealed class MessagePart(JsonObject json, string path)
{
    public JsonObject Json => json;

    /// <summary>Refuses members that Meta does not document here.</summary>
    public MessagePart Only(params string[] names)
    {
        if (json.FirstOrDefault(member => !names.Contains(member.Key)).Key is { } unexpected)
            throw Invalid($"Unexpected key \"{unexpected}\" on param \"{path}\".");
        return this;
    }

    public bool Has(string name) => json[name] is not null;

    public string? Text(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new GraphFailure(400, 100, $"(#100) Param {At(name)} must be a string."),
    };

    public string Require(string name) => Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    public MessagePart Object(string name) => Find(name) ?? throw Missing(name);

    public MessagePart? Find(string name) => json[name] switch
    {
        null => null,
        JsonObject found => new MessagePart(found, At(name)),
        _ => throw new GraphFailure(400, 100, $"(#100) Param {At(name)} must be a JSON object."),
    };

    /// <summary>A list of objects; empty when it is missing.</summary>
    public IReadOnlyList<MessagePart> List(string name) => json[name] switch
    {
        null => [],
        JsonArray items when items.All(item => item is JsonObject) => [.. items.Select((item, index) => new MessagePart((JsonObject)item!, $"{At(name)}[{index}]"))],
        _ => throw new GraphFailure(400, 100, $"(#100) Param {At(name)} must be an array of JSON objects."),
    };

    /// <summary>A number, or a text that is one.</summary>
    public double Number(string name)
    {
        if (json[name] is null)
            throw Missing(name);
        var text = json[name] is JsonValue value && value.TryGetValue<string>(out var written) ? written : json[name]!.ToJsonString();
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
            : throw new GraphFailure(400, 100, $"(#100) Param {At(name)} must be a number.");
    }

    public GraphFailure Missing(string name) => new(400, 100, $"(#100) The parameter {At(name)} is required.");

    public string At(string name) => path.Length == 0 ? name : $"{path}['{name}']";

    public static GraphFailure Invalid(string details) => new(400, 100, "(#100) Invalid parameter") { Details = details };

    public static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");

    /// <summary>The texts of a JSON list, or null when it is none.</summary>
    public static IReadOnlyList<string>? Strings(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
