using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class InteractiveMessageTests : MessagingTest
{
    [Theory]
    [InlineData(0, "One", "Which?", 131009)]
    [InlineData(1, "One", "Which?", null)]
    [InlineData(3, "One", "Which?", null)]
    [InlineData(4, "One", "Which?", 131009)]
    [InlineData(1, "a title of 20 charac", "Which?", null)]
    [InlineData(1, "a title of 21 charact", "Which?", 131009)]
    [InlineData(1, "", "Which?", 131009)]
    [InlineData(1, "One", "", 100)]
    public async Task Buttons_are_three_at_most_with_short_titles(int count, string title, string body, int? refusal)
    {
        var buttons = new JsonArray([.. Enumerable.Range(0, count).Select(i => Button($"id{i}", i == 0 ? title : $"Title {i}"))]);
        await SendAsync(refusal, new JsonObject { ["type"] = "button", ["body"] = new JsonObject { ["text"] = body }, ["action"] = new JsonObject { ["buttons"] = buttons } });
    }

    [Theory]
    [InlineData("one", "Two")]
    [InlineData("two", "One")]
    public async Task Buttons_differ_in_id_and_title(string id, string title) =>
        await SendAsync(131009, new JsonObject
        {
            ["type"] = "button",
            ["body"] = new JsonObject { ["text"] = "Which?" },
            ["action"] = new JsonObject { ["buttons"] = new JsonArray(Button("one", "One"), Button(id, title)) },
        });

    [Theory]
    [InlineData(1, 1, "Section", null)]
    [InlineData(1, 10, "", null)]
    [InlineData(2, 5, "Section", null)]
    [InlineData(2, 6, "Section", 131009)]
    [InlineData(11, 1, "Section", 131009)]
    [InlineData(0, 0, "Section", 131009)]
    [InlineData(2, 1, "", 100)]
    [InlineData(1, 1, "a section title of 25 cha", 131009)]
    [InlineData(1, 0, "Section", 100)]
    public async Task A_list_has_ten_rows_at_most_and_its_sections_titles_when_there_are_several(int sections, int rows, string title, int? refusal) =>
        await SendAsync(refusal, List([.. Enumerable.Range(0, sections).Select(s => Section(title, [.. Enumerable.Range(0, rows).Select(r => Row($"{s}-{r}", "Fern"))]))]));

    [Theory]
    [InlineData("1", "a row title of 24 charac", 72, null)]
    [InlineData("1", "a row title of 25 charact", 1, 131009)]
    [InlineData("1", "Fern", 73, 131009)]
    [InlineData("", "Fern", 1, 100)]
    public async Task Rows_are_short(string id, string title, int description, int? refusal) =>
        await SendAsync(refusal, List([Section("Plants", [Row(id, title, new string('d', description))])]));

    [Fact]
    public async Task Rows_differ_in_their_ids() =>
        await SendAsync(131009, List([Section("A", [Row("1", "Fern")]), Section("B", [Row("1", "Moss")])]));

    [Fact]
    public async Task A_list_has_no_picture_in_its_header()
    {
        var list = List([Section("Plants", [Row("1", "Fern")])]);
        list["header"] = new JsonObject { ["type"] = "image", ["image"] = new JsonObject { ["link"] = "https://shop.example/a.jpg" } };
        await SendAsync(131009, list);
    }

    [Fact]
    public async Task Other_kinds_are_not_emulated() =>
        await SendAsync(100, new JsonObject { ["type"] = "flow", ["action"] = new JsonObject() });

    private async Task SendAsync(int? refusal, JsonObject interactive)
    {
        var reply = await SendAsync(new JsonObject { ["type"] = "interactive", ["interactive"] = interactive }.ToJsonString());
        if (refusal is { } code)
            reply.ShouldFail(400, code);
        else
            reply.ShouldSucceed();
    }

    private static JsonObject Button(string id, string title) => new() { ["type"] = "reply", ["reply"] = new JsonObject { ["id"] = id, ["title"] = title } };

    private static JsonObject List(JsonNode[] sections) => new()
    {
        ["type"] = "list",
        ["body"] = new JsonObject { ["text"] = "Which?" },
        ["action"] = new JsonObject { ["button"] = "Choose", ["sections"] = new JsonArray(sections) },
    };

    private static JsonObject Section(string title, JsonNode[] rows) => new() { ["title"] = title, ["rows"] = new JsonArray(rows) };

    private static JsonObject Row(string id, string title, string description = "Green") => new() { ["id"] = id, ["title"] = title, ["description"] = description };
}
