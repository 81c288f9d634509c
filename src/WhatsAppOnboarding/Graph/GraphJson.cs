using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WhatsAppOnboarding.Graph;

/// <summary>How Meta's JSON is read and written, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GraphTextConverter)])]
[JsonSerializable(typeof(WireToken))]
[JsonSerializable(typeof(WireInspection))]
[JsonSerializable(typeof(WireDone))]
[JsonSerializable(typeof(WireSent))]
[JsonSerializable(typeof(WireRegistration))]
[JsonSerializable(typeof(WireCodeRequest))]
[JsonSerializable(typeof(WireCode))]
[JsonSerializable(typeof(WireSync))]
[JsonSerializable(typeof(WireAppData))]
[JsonSerializable(typeof(WireOverride))]
[JsonSerializable(typeof(WireOverridden))]
[JsonSerializable(typeof(WireAppFields))]
[JsonSerializable(typeof(GraphBusiness))]
[JsonSerializable(typeof(GraphWaba))]
[JsonSerializable(typeof(NumberFacts))]
[JsonSerializable(typeof(WireSubscribedApp))]
[JsonSerializable(typeof(WireAppSubscription))]
[JsonSerializable(typeof(WireMedia))]
[JsonSerializable(typeof(WireUploaded))]
[JsonSerializable(typeof(WireTemplate))]
[JsonSerializable(typeof(WireProfile))]
[JsonSerializable(typeof(WireNumberDetails))]
internal sealed partial class GraphJson : JsonSerializerContext;

/// <summary>Reads text that Meta writes as a number at times, above all ids.</summary>
internal sealed class GraphTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when !reader.HasValueSequence => Encoding.ASCII.GetString(reader.ValueSpan),
        _ => throw new JsonException("Not a text."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A bare confirmation as Meta writes it.</summary>
internal sealed record WireDone(bool Success)
{
    public static GraphDone? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireDone) is { Success: true } ? new() : null;
}

/// <summary>
/// Reads Meta's answers so that a member of another kind than expected is a missing one: what is optional never makes an answer unreadable, least of all one that
/// cannot be had again. What is required still does. A host's own types are as strict as the host made them.
/// </summary>
internal static class TolerantJson
{
    /// <summary>An answer that is odd in more places than this is another one.</summary>
    private const int MaxOdd = 100;

    [ThreadStatic]
    private static List<string>? _odd;

    /// <summary>Reads, and says which members were odd: their names, never what they held.</summary>
    public static T? Noticing<T>(Func<T?> read, out IReadOnlyList<string> odd)
        where T : class
    {
        var (outer, mine) = (_odd, new List<string>());
        _odd = mine;
        try
        {
            return read();
        }
        finally
        {
            _odd = outer;
            odd = [.. mine.Distinct()];
        }
    }

    /// <summary>The answer; null when it is the word null.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException error) when (IsOurs(type))
        {
            return ReadWithout(JsonNode.Parse(json), type, error);
        }
    }

    /// <summary>A part of an answer; null when it is the word null.</summary>
    public static T? Read<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type);
        }
        catch (JsonException error) when (IsOurs(type))
        {
            return ReadWithout(JsonNode.Parse(json.GetRawText()), type, error);
        }
    }

    private static bool IsOurs<T>(JsonTypeInfo<T> type) => ReferenceEquals(type.Options, GraphJson.Default.Options);

    private static T? ReadWithout<T>(JsonNode? json, JsonTypeInfo<T> type, JsonException error)
        where T : class
    {
        for (var left = MaxOdd; ; left--)
        {
            if (left == 0 || error.Path is not { } path || !TryRemove(json, path))
                throw error;
            _odd?.Add(path.TrimStart('$', '.'));
            try
            {
                return json.Deserialize(type);
            }
            catch (JsonException next)
            {
                error = next;
            }
        }
    }

    private static bool TryRemove(JsonNode? json, string path)
    {
        try
        {
            return Remove(json, path);
        }
        catch (ArgumentException)
        {
            // A name stands twice in it.
            return false;
        }
    }

    /// <summary>Takes away what a path such as <c>$.data.scopes[2]</c> leads to; false when it leads nowhere.</summary>
    private static bool Remove(JsonNode? json, string path)
    {
        string[] steps = [.. path.Replace("[", ".[", StringComparison.Ordinal).Split('.').Skip(1)];
        foreach (var step in steps.SkipLast(1))
            json = json is JsonArray array ? array.ElementAtOrDefault(IndexOf(step)) : (json as JsonObject)?[step];
        if (steps.Length == 0)
            return false;
        if (json is JsonObject parent)
            return parent.Remove(steps[^1]);
        if (json is not JsonArray list || IndexOf(steps[^1]) is not (>= 0 and var index) || index >= list.Count)
            return false;
        list.RemoveAt(index);
        return true;
    }

    private static int IndexOf(string step) => int.TryParse(step.Trim('[', ']'), out var index) ? index : -1;
}
