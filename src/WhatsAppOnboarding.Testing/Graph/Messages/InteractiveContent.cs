using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>Reply buttons and lists. What their parts may be long is told by 131009.</summary>
internal static class InteractiveContent
{
    private const int LongestOfButtons = 1024;
    private const int LongestOfList = 4096;

    public static MetaRefusal? Check(MessagePart interactive, EmulatedNumber number, DateTimeOffset now)
    {
        var type = interactive.Only("type", "header", "body", "footer", "action").Require("type");
        if (type is not ("button" or "list"))
            throw new GraphFailure(400, 100, $"(#100) The emulator sends interactive messages of the types button and list, not {type}.");

        Measure("Body text", interactive.Object("body").Only("text").Require("text"), type == "list" ? LongestOfList : LongestOfButtons);
        if (interactive.Find("footer") is { } footer)
            Measure("Footer text", footer.Only("text").Require("text"), 60);
        var failure = interactive.Find("header") is { } header ? Header(header, type, number, now) : null;
        if (type == "button")
            Buttons(interactive.Object("action"));
        else
            ListContent.Check(interactive.Object("action"));
        return failure;
    }

    public static void Measure(string what, string text, int longest)
    {
        if (text.Length == 0 || text.Length > longest)
            throw Wrong($"{what} length invalid. Min length: 1, Max length: {longest}");
    }

    public static GraphFailure Wrong(string details) => new(400, 131009, "(#131009) Parameter value is not valid") { Details = details };

    private static MetaRefusal? Header(MessagePart header, string type, EmulatedNumber number, DateTimeOffset now)
    {
        var kind = header.Require("type");
        if (kind is not ("text" or "image" or "video" or "document") || (type == "list" && kind != "text"))
            throw Wrong($"A message of type {type} has no header of type {kind}.");
        if (kind != "text")
            return MediaContent.CheckFile(header.Object(kind), kind, number, now);
        Measure("Header text", header.Require("text"), 60);
        return null;
    }

    private static void Buttons(MessagePart action)
    {
        var buttons = action.Only("buttons").List("buttons");
        if (buttons.Count is 0 or > 3)
            throw Wrong("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");

        var replies = buttons.Select(button => button.Only("type", "reply")).ToList();
        if (replies.Exists(button => button.Require("type") != "reply"))
            throw Wrong("A button must have the type reply.");
        foreach (var reply in replies.Select(button => button.Object("reply").Only("id", "title")))
        {
            Measure("Button title", reply.Text("title") ?? throw reply.Missing("title"), 20);
            Measure("Button reply id", reply.Text("id") ?? throw reply.Missing("id"), 256);
        }

        foreach (var name in (string[])["id", "title"])
        {
            if (replies.Select(button => button.Object("reply").Require(name)).Distinct().Count() < replies.Count)
                throw Wrong($"Each button must have a {name} of its own.");
        }
    }
}
