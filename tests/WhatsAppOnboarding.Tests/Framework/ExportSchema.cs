using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>docs/export.schema.json: made from the export's types, and what a document lacks or has beyond it. WHATSAPP_TESTS_APPROVE=1 writes it instead of comparing.</summary>
internal static class ExportSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };

    public static void ShouldBeWritten()
    {
        var now = Make().ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("WHATSAPP_TESTS_APPROVE") == "1")
            File.WriteAllText(PathOf(), now);
        File.ReadAllText(PathOf()).ShouldBe(now, "docs/export.schema.json is not what the code says. If the code is right, run this test once with WHATSAPP_TESTS_APPROVE=1 and commit it.");
    }

    /// <summary>What is wrong with a document by the schema that is written down; a member that the schema does not know is wrong, too.</summary>
    public static IReadOnlyList<string> FaultsOf(JsonElement document)
    {
        var root = JsonNode.Parse(File.ReadAllText(PathOf()))!;
        return [.. Faults(root, root, document, "$")];
    }

    private static JsonObject Make()
    {
        var schema = (JsonObject)ExportJson.Default.ExportedAccount.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        var made = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Export of an account by WhatsAppOnboarding (IWhatsAppAccounts.ExportAsync)",
            ["description"] = "All that is kept of an account, without secrets. Times are ISO 8601. Members may be added; version is raised when one changes or goes.",
        };
        foreach (var (name, value) in schema)
            made[name] = value?.DeepClone();
        return made;
    }

    private static IEnumerable<string> Faults(JsonNode root, JsonNode schema, JsonElement value, string at)
    {
        if (schema is JsonValue)
            return [];
        if (schema["$ref"] is { } reference)
            return Faults(root, Resolved(root, reference.GetValue<string>()), value, at);
        string[] types = schema["type"] switch { JsonArray several => [.. several.Select(one => one!.GetValue<string>())], JsonValue one => [one.GetValue<string>()], _ => [] };
        if (types.Length > 0 && !types.Contains(TypeOf(value)) && !(types.Contains("integer") && value.ValueKind is JsonValueKind.Number))
            return [$"{at} is {TypeOf(value)} and not {string.Join(" or ", types)}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => FaultsOfObject(root, schema, value, at),
            JsonValueKind.Array when schema["items"] is { } items => value.EnumerateArray().SelectMany((one, index) => Faults(root, items, one, $"{at}[{index}]")),
            _ => [],
        };
    }

    private static IEnumerable<string> FaultsOfObject(JsonNode root, JsonNode schema, JsonElement value, string at)
    {
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            if (!value.TryGetProperty(required!.GetValue<string>(), out _))
                yield return $"{at} lacks {required}";
        }

        foreach (var member in value.EnumerateObject())
        {
            if (properties[member.Name] is not { } known)
            {
                yield return $"{at} has {member.Name}, which the schema does not know";
                continue;
            }

            foreach (var fault in Faults(root, known, member.Value, $"{at}.{member.Name}"))
                yield return fault;
        }
    }

    private static JsonNode Resolved(JsonNode root, string reference)
    {
        var node = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            node = node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!;
        return node;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };

    private static string PathOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/export.schema.json"));
}
