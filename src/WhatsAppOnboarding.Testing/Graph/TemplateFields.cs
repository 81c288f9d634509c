using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class TemplateFields
{
    public static JsonObject Select(GraphRequest request, EmulatedTemplate template)
    {
        var all = new JsonObject
        {
            ["name"] = template.Name,
            ["parameter_format"] = template.IsNamed ? "NAMED" : "POSITIONAL",
            ["components"] = Components(template),
            ["language"] = template.Language,
            ["status"] = template.Status,
            ["category"] = template.Category,
            ["id"] = template.Id,
            ["previous_category"] = null,
            ["rejected_reason"] = template.Status == "REJECTED" ? "INVALID_FORMAT" : "NONE",
            ["quality_score"] = new JsonObject { ["score"] = "UNKNOWN" },
        };
        return FieldSelection.Select(all, request.Parameters["fields"], "name,parameter_format,components,language,status,category,id", "WhatsAppMessageTemplate");
    }

    private static JsonArray Components(EmulatedTemplate template)
    {
        var components = new JsonArray();
        if (template.HeaderMedia is { } format)
            components.Add(new JsonObject { ["type"] = "HEADER", ["format"] = format });
        else if (template.HeaderText is { } header)
            components.Add(new JsonObject { ["type"] = "HEADER", ["format"] = "TEXT", ["text"] = header });
        components.Add(Body(template));
        if (template.Footer is { } footer)
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = footer });
        if (template.Buttons.Count > 0)
            components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray([.. template.Buttons.Select(Button)]) });
        return components;
    }

    private static JsonObject Body(EmulatedTemplate template)
    {
        var body = new JsonObject { ["type"] = "BODY", ["text"] = template.Body };
        var names = EmulatedTemplate.Placeholders(template.Body);
        if (names.Count == 0)
            return body;
        body["example"] = template.IsNamed
            ? new JsonObject { ["body_text_named_params"] = new JsonArray([.. names.Select(name => new JsonObject { ["param_name"] = name, ["example"] = name })]) }
            : new JsonObject { ["body_text"] = new JsonArray(new JsonArray([.. names.Select(name => JsonValue.Create("example " + name))])) };
        return body;
    }

    private static JsonObject Button(EmulatedTemplateButton button)
    {
        var item = new JsonObject { ["type"] = button.Type, ["text"] = button.Text };
        switch (button.Type)
        {
            case "URL":
                item["url"] = button.Value;
                break;
            case "PHONE_NUMBER":
                item["phone_number"] = button.Value;
                break;
            case "COPY_CODE":
                item["example"] = new JsonArray(JsonValue.Create(button.Value));
                break;
        }

        return item;
    }
}
