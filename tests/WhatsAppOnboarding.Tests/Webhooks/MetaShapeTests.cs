using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Tests.Conventions;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>Every shape that Meta sends is typed, or the docs say that it is raw.</summary>
public sealed class MetaShapeTests
{
    private static readonly Type[] Kinds = [.. typeof(EventContent).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(EventContent)))];

    [Fact]
    public void Every_shape_is_told_as_the_list_says()
    {
        foreach (var shape in MetaShapes.All)
        {
            var item = ItemOf(shape.Json);

            (item.Content?.GetType()).ShouldBe(shape.Content, shape.What);
            item.Change.Number.ShouldBe(PhoneNumberId.Parse("106"), shape.What);
        }
    }

    [Fact]
    public void Every_member_of_every_kind_is_read_from_some_shape()
    {
        var read = new HashSet<string>();
        foreach (var shape in MetaShapes.All)
            Visit(ItemOf(shape.Json).Content, (member, value) => Note(read, member, value));

        Kinds.SelectMany(Members).Select(Name).Except(read).ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_text_is_none_in_every_member_of_every_kind()
    {
        var texts = 0;
        foreach (var (shape, keepTypes) in MetaShapes.All.Where(shape => shape.Content is not null).SelectMany(shape => new[] { (shape, true), (shape, false) }))
        {
            var emptied = JsonNode.Parse(shape.Value)!;
            Empty(emptied, keepTypes);

            Visit(ItemOf((shape with { Value = emptied.ToJsonString() }).Json).Content, (member, value) =>
            {
                if (member.PropertyType != typeof(string) || (keepTypes && (member.Name is "Kind" || member.Name.EndsWith("Type", StringComparison.Ordinal))))
                    return;
                texts++;
                value.ShouldBeNull($"{Name(member)} of {shape.What}");
            });
        }

        texts.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Handovers_are_about_the_number_that_receives_them()
    {
        MetaShape[] handovers = [.. MetaShapes.All.Where(shape => shape.Field == "messaging_handovers")];
        handovers.Length.ShouldBe(3);

        // As they come: without metadata.
        handovers.ShouldAllBe(shape => ItemOf(Delivery("""{"id":"900","changes":[{"field":"messaging_handovers","value":$}]}""", shape.Value)).Change.Number == PhoneNumberId.Parse("106"));
    }

    /// <summary>Meta's next account model brings a topic of its own, and some of its samples have the field in another place.</summary>
    [Theory]
    [InlineData("""{"id":"900","changes":[{"field":"account_update","value":$}]}""", "whatsapp_account")]
    [InlineData("""{"id":"900","field":"account_update","changes":[{"value":$}]}""", "whatsapp_business_account")]
    [InlineData("""{"id":"900","changes":[{"value":{"field":"account_update",$$]}""", "whatsapp_business_account")]
    public void Neither_the_topic_nor_a_misplaced_field_keeps_a_shape_from_being_read(string entry, string topic)
    {
        const string value = """{"event":"PARTNER_APP_INSTALLED","waba_info":{"waba_id":"901"}}""";
        var item = ItemOf(Delivery(entry.Replace("$$", value[1..] + "}", StringComparison.Ordinal), value, topic));

        item.Content.ShouldBeOfType<AccountUpdated>().Event.ShouldBe("PARTNER_APP_INSTALLED");
        item.Change.RoutedWaba.ShouldBe(WabaId.Parse("901"));
    }

    /// <summary>WHATSAPP_TESTS_APPROVE=1 writes the table instead of comparing.</summary>
    [Fact]
    public void The_table_of_the_docs_is_this_list()
    {
        var page = Path.Combine(SourceCode.Folder, "../docs/webhooks.md");
        string[] then = File.ReadAllLines(page);
        var start = Array.IndexOf(then, "<!-- generated table: what Meta sends -->") + 1;
        var end = Array.IndexOf(then, "<!-- end of generated table -->", start);
        start.ShouldBeGreaterThan(0, "the page has lost the mark where the table begins");
        end.ShouldBeGreaterThan(0, "the page has lost the mark where the table ends");
        string[] now =
        [
            "| field | what | content |",
            "| --- | --- | --- |",
            .. MetaShapes.All.GroupBy(shape => (shape.Field, shape.Content)).Select(shapes =>
                $"| `{shapes.Key.Field}` | {string.Join("; ", shapes.Select(shape => shape.What).Distinct())} | {(shapes.Key.Content is { } kind ? $"`{kind.Name}`" : WebhookField.Find(shapes.Key.Field) is null ? "raw, and not asked of Meta" : "raw")} |"),
        ];

        if (Environment.GetEnvironmentVariable("WHATSAPP_TESTS_APPROVE") == "1")
            File.WriteAllLines(page, [.. then[..start], .. now, .. then[end..]]);
        else
            then[start..end].ShouldBe(now, "If the list is right, run this test once with WHATSAPP_TESTS_APPROVE=1 and commit the page.");
    }

    [Fact]
    public void No_field_that_is_asked_of_Meta_lacks_a_shape() =>
        WebhookField.All.Select(field => field.Name).Except(MetaShapes.All.Select(shape => shape.Field)).ShouldBeEmpty();

    private static JsonElement Delivery(string entry, string value, string topic = "whatsapp_business_account") =>
        JsonElement.Parse($$"""{"object":"{{topic}}","entry":[{{entry.Replace("$", value, StringComparison.Ordinal)}}]}""");

    private static WebhookItem ItemOf(JsonElement json) => Envelope.Read(json, DateTimeOffset.UnixEpoch).ShouldHaveSingleItem();

    private static IEnumerable<PropertyInfo> Members(Type kind) => kind.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string Name(PropertyInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";

    private static void Note(HashSet<string> read, PropertyInfo member, object? value)
    {
        if (value is not null and not ICollection { Count: 0 })
            read.Add(Name(member));
    }

    private static void Visit(object? content, Action<PropertyInfo, object?> look)
    {
        if (content is null or string)
            return;
        foreach (var member in Members(content.GetType()))
        {
            var value = member.GetValue(content);
            look(member, value);
            if (value is IEnumerable and not string)
            {
                foreach (var part in (IEnumerable)value)
                    Visit(part, look);
            }
        }
    }

    /// <param name="node">Loses all its texts.</param>
    /// <param name="keepTypes">But those that say which member holds the content.</param>
    private static void Empty(JsonNode node, bool keepTypes)
    {
        foreach (var (name, child) in (node as JsonObject)?.ToList() ?? [])
        {
            if (child is JsonValue value && value.GetValueKind() is JsonValueKind.String && !(keepTypes && name is "type"))
                node[name] = "";
            else if (child is not null)
                Empty(child, keepTypes);
        }

        foreach (var child in node as JsonArray ?? [])
            Empty(child!, keepTypes);
    }
}
