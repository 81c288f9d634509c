namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>The parameters of a header or body: as many as there are placeholders, by place or by name as the template has it.</summary>
internal static class TemplateParameters
{
    /// <summary>What each placeholder of the text becomes.</summary>
    public static IReadOnlyDictionary<string, string> Fill(string where, EmulatedTemplate template, string text, MessagePart? component)
    {
        var names = EmulatedTemplate.Placeholders(text);
        var parameters = component?.List("parameters") ?? [];
        if (parameters.Count != names.Count)
            throw Count(where, parameters.Count, names.Count);

        var values = new Dictionary<string, string>();
        for (var place = 0; place < parameters.Count; place++)
            values[Name(parameters[place], template, names, place)] = Value(parameters[place]);
        return values;
    }

    public static GraphFailure Count(string where, int sent, int expected) =>
        new(400, 132000, "(#132000) Number of parameters does not match the expected number of params") { Details = $"{where}: number of localizable_params ({sent}) does not match the expected number of params ({expected})" };

    public static GraphFailure Format(string details) =>
        new(400, 132012, "(#132012) Parameter format does not match format in the created template") { Details = details };

    public static GraphFailure Missing(string details) => new(400, 131008, "(#131008) Required parameter is missing") { Details = details };

    private static string Name(MessagePart parameter, EmulatedTemplate template, IReadOnlyList<string> names, int place)
    {
        var name = parameter.Text("parameter_name");
        if (!template.IsNamed)
            return name is null ? names[place] : throw Format("The template has placeholders by place, not by name.");
        if (string.IsNullOrEmpty(name))
            throw MessagePart.Invalid("Parameter name is missing or empty");
        return names.Contains(name) ? name : throw Format($"The template has no placeholder {name}.");
    }

    private static string Value(MessagePart parameter) => parameter.Require("type") switch
    {
        "text" => parameter.Text("text") is { Length: > 0 } text ? text : throw Missing("Parameter of type text is missing text value"),
        "currency" => Fallback(parameter.Object("currency"), "code", "amount_1000"),
        "date_time" => Fallback(parameter.Object("date_time")),
        var other => throw Format($"Text has parameters of the types text, currency and date_time, not {other}."),
    };

    private static string Fallback(MessagePart value, params string[] required)
    {
        if (required.FirstOrDefault(name => !value.Has(name)) is { } missing)
            throw value.Missing(missing);
        return value.Require("fallback_value");
    }
}
