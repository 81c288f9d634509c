using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>The header of a template message: a text with its placeholder, or a file that each message must give.</summary>
internal static class TemplateHeader
{
    public static MetaRefusal? Check(EmulatedTemplate template, MessagePart? component, EmulatedNumber number, DateTimeOffset now)
    {
        if (template.HeaderMedia is not { } format)
        {
            TemplateParameters.Fill("header", template, template.HeaderText ?? "", component);
            return null;
        }

        var parameter = component?.List("parameters") is [var only] ? only : null;
        var kind = parameter?.Require("type").ToUpperInvariant() ?? "UNKNOWN";
        if (parameter is null || kind != format)
            throw TemplateParameters.Format($"header: Format mismatch, expected {format}, received {kind}");
        return MediaContent.CheckFile(parameter.Object(format.ToLowerInvariant()), format.ToLowerInvariant(), number, now);
    }
}
