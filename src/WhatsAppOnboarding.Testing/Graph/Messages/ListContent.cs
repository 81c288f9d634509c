namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>The button and the rows of a list: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages.</summary>
internal static class ListContent
{
    private const int MostSections = 10;
    private const int MostRows = 10;

    public static void Check(MessagePart action)
    {
        InteractiveContent.Measure("Button text", action.Only("button", "sections").Require("button"), 20);
        var sections = action.List("sections");
        if (sections.Count is 0 or > MostSections)
            throw InteractiveContent.Wrong($"Invalid sections count. Min allowed sections: 1, Max allowed sections: {MostSections}");

        var rows = new List<MessagePart>();
        foreach (var section in sections)
        {
            Title(section.Only("title", "rows"), sections.Count);
            if (section.List("rows").Count == 0)
                throw section.Missing("rows");
            rows.AddRange(section.List("rows"));
        }

        if (rows.Count > MostRows)
            throw InteractiveContent.Wrong($"Total row count exceed max allowed count: {MostRows}");
        rows.ForEach(Row);
        if (rows.Select(row => row.Require("id")).Distinct().Count() < rows.Count)
            throw InteractiveContent.Wrong("Each row must have an id of its own.");
    }

    private static void Title(MessagePart section, int sections)
    {
        if (section.Text("title") is { Length: > 0 } title)
            InteractiveContent.Measure("Section title", title, 24);
        else if (sections > 1)
            throw section.Missing("title");
    }

    private static void Row(MessagePart row)
    {
        InteractiveContent.Measure("Row id", row.Only("id", "title", "description").Require("id"), 200);
        if (row.Require("title").Length > 24)
            throw InteractiveContent.Wrong("Row title is too long. Max length is 24");
        if (row.Text("description") is { Length: > 72 })
            throw InteractiveContent.Wrong("Row description is too long. Max length is 72");
    }
}
