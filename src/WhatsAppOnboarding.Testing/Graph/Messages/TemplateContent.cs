using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>A template message: the template must be there in this language, be approved, and have all its placeholders filled.</summary>
internal static class TemplateContent
{
    private const int LongestBody = 1024;

    public static MetaRefusal? Check(MessagePart message, EmulatedNumber number, Recipient recipient, DateTimeOffset now)
    {
        message.Only("name", "language", "components", "namespace");
        var name = message.Require("name");
        var language = message.Object("language");
        var policy = language.Only("code", "policy").Text("policy");
        if (policy is not (null or "deterministic"))
            throw new GraphFailure(400, 100, "(#100) Param template['language']['policy'] must be one of {deterministic}");

        var template = Find(number.Waba, name, language.Require("code"));
        if (template.Category == "AUTHENTICATION" && recipient.IsUserId)
            throw new GraphFailure(400, 131062, "(#131062) Authentication templates cannot be sent to a business-scoped user id");

        var components = message.List("components");
        if (components.FirstOrDefault(component => !Is(component, "header") && !Is(component, "body") && !Is(component, "button")) is { } other)
            throw new GraphFailure(400, 100, $"(#100) Param {other.At("type")} must be one of {{HEADER, BODY, BUTTON}}");

        var failure = TemplateHeader.Check(template, components.FirstOrDefault(component => Is(component, "header")), number, now);
        var values = TemplateParameters.Fill("body", template, template.Body, components.FirstOrDefault(component => Is(component, "body")));
        if (EmulatedTemplate.Fill(template.Body, values).Length > LongestBody)
            throw new GraphFailure(400, 132005, "(#132005) Translated text too long") { Details = $"The body must be at most {LongestBody} characters long with its parameters." };
        TemplateButtons.Check(template, [.. components.Where(component => Is(component, "button"))]);
        return failure;
    }

    private static bool Is(MessagePart component, string type) => component.Require("type").Equals(type, StringComparison.OrdinalIgnoreCase);

    private static EmulatedTemplate Find(EmulatedWaba waba, string name, string language)
    {
        var template = waba.Templates.FirstOrDefault(known => known.Name == name && known.Language == language);
        return template?.Status switch
        {
            "APPROVED" => template,
            "PAUSED" => throw MetaRefusal.Of(132015).ToFailure(),
            "DISABLED" => throw MetaRefusal.Of(132016).ToFailure(),
            _ => throw new GraphFailure(404, 132001, "(#132001) Template name does not exist in the translation") { Details = $"template name ({name}) does not exist in {language}" },
        };
    }
}
