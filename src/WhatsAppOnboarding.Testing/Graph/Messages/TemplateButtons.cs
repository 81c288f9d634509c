using System.Globalization;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>The buttons of a template message: each component names one by its index and kind; one that must be completed may not be left out.</summary>
internal static class TemplateButtons
{
    public static void Check(EmulatedTemplate template, IReadOnlyList<MessagePart> components)
    {
        var given = new HashSet<int>();
        foreach (var component in components)
        {
            var index = Index(component);
            if (index >= template.Buttons.Count || !given.Add(index))
                throw TemplateParameters.Format($"buttons: There is no button at index {index}, or it is named twice.");
            Check(template.Buttons[index], component, index);
        }

        for (var index = 0; index < template.Buttons.Count; index++)
        {
            if (template.Buttons[index].NeedsParameter && !given.Contains(index))
                throw TemplateParameters.Missing($"buttons: Button at index {index} of type {Words(template.Buttons[index])} requires a parameter");
        }
    }

    private static void Check(EmulatedTemplateButton button, MessagePart component, int index)
    {
        var kind = component.Text("sub_type") ?? throw TemplateParameters.Missing("buttons: sub_type is required");
        if (!kind.Equals(button.Type, StringComparison.OrdinalIgnoreCase))
            throw TemplateParameters.Format($"buttons: Button at index {index} is of type {Words(button)}, not {kind}.");

        var parameters = component.List("parameters");
        var takes = button.NeedsParameter ? 1 : 0;
        if (button.Type == "QUICK_REPLY" ? parameters.Count > 1 : parameters.Count != takes)
            throw parameters.Count < takes
                ? TemplateParameters.Missing($"buttons: Button at index {index} of type {Words(button)} requires a parameter")
                : TemplateParameters.Count("buttons", parameters.Count, takes);

        var name = button.Type switch { "QUICK_REPLY" => "payload", "COPY_CODE" => "coupon_code", _ => "text" };
        foreach (var parameter in parameters)
        {
            if (parameter.Require("type") != name)
                throw TemplateParameters.Format($"buttons: Button at index {index} takes a parameter of type {name}.");
            if (string.IsNullOrEmpty(parameter.Text(name)))
                throw TemplateParameters.Missing($"Parameter of type {name} is missing {name} value");
        }
    }

    /// <summary>The index, which Meta shows as a text and as a number.</summary>
    private static int Index(MessagePart component) =>
        !component.Has("index") ? throw TemplateParameters.Missing("buttons: index is required")
        : int.TryParse(component.Json["index"]!.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : throw new GraphFailure(400, 100, $"(#100) Param {component.At("index")} must be a number.");

    private static string Words(EmulatedTemplateButton button) => button.Type switch
    {
        "URL" => "Url",
        "COPY_CODE" => "CopyCode",
        "QUICK_REPLY" => "QuickReply",
        _ => button.Type,
    };
}
