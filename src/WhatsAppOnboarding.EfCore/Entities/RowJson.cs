using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>Short lists kept as JSON text: they are read and written whole, and nothing ever queries into them.</summary>
internal static class RowJson
{
    public const string EmptyList = "[]";

    public static string Write<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Info<T>());

    public static IReadOnlyList<T> Read<T>(string json) => json == EmptyList ? [] : JsonSerializer.Deserialize(json, Info<T>()) ?? [];

    /// <summary>As <see cref="Write"/>, for a column that came later and is null in older rows.</summary>
    public static string? WriteOrNone<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : Write(list);

    public static IReadOnlyList<T> ReadOrNone<T>(string? json) => json is null ? [] : Read<T>(json);

    public static string WriteOne<T>(T value) => JsonSerializer.Serialize(value, InfoOf<T>());

    public static T ReadOne<T>(string? json, T none) => json is null ? none : JsonSerializer.Deserialize(json, InfoOf<T>()) ?? none;

    private static JsonTypeInfo<IReadOnlyList<T>> Info<T>() => InfoOf<IReadOnlyList<T>>();

    private static JsonTypeInfo<T> InfoOf<T>() =>
        (JsonTypeInfo<T>)(RowJsonContext.Default.GetTypeInfo(typeof(T))
            ?? throw new InvalidOperationException($"{nameof(RowJsonContext)} does not know {typeof(T).Name}."));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(SealedSecretJson)])]
[JsonSerializable(typeof(IReadOnlyList<OpenStep>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<AttemptStep>))]
[JsonSerializable(typeof(IReadOnlyList<RegistrationPin>))]
[JsonSerializable(typeof(IReadOnlyList<NumberSync>))]
[JsonSerializable(typeof(IReadOnlyList<MetaNotice>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(NumberEvidence))]
internal sealed partial class RowJsonContext : JsonSerializerContext;

/// <summary>A sealed secret shows its ciphertext to nobody who does not ask for it by name, so a column has to.</summary>
internal sealed class SealedSecretJson : JsonConverter<SealedSecret>
{
    private const string Ciphertext = "ciphertext";

    public override SealedSecret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var sealedSecret = JsonDocument.ParseValue(ref reader);
        return new SealedSecret(sealedSecret.RootElement.GetProperty(Ciphertext).GetString() ?? throw new JsonException("A sealed secret has a ciphertext."));
    }

    public override void Write(Utf8JsonWriter writer, SealedSecret value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Ciphertext, value.Reveal());
        writer.WriteEndObject();
    }
}
