using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>A template with what fills it.</summary>
public sealed record SentTemplate(string Name, string Language, IReadOnlyList<TemplateValue> Values)
{
    public MessageContent ToMeta() => MessageContent.Template(Name, Language, [.. Values.Select(value => value.ToMeta())]);
}

/// <summary>What fills one place of a template.</summary>
/// <param name="Field">Which place.</param>
/// <param name="Value">The text, or Meta's id of the file.</param>
public sealed record TemplateValue(TemplateField Field, string Value)
{
    public TemplateParameter ToMeta() => Field switch
    {
        { Part: TemplatePart.Header, Media: MessageKind.Image } => TemplateParameter.Header(MessageContent.Image(Value)),
        { Part: TemplatePart.Header, Media: MessageKind.Video } => TemplateParameter.Header(MessageContent.Video(Value)),
        { Part: TemplatePart.Header, Media: MessageKind.Document } => TemplateParameter.Header(MessageContent.Document(Value)),
        { Part: TemplatePart.Header } => TemplateParameter.HeaderText(Value, Field.Name),
        { Part: TemplatePart.Link } => TemplateParameter.Link(Field.Index, Value),
        { Part: TemplatePart.Coupon } => TemplateParameter.CouponCode(Field.Index, Value),
        _ => TemplateParameter.Text(Value, Field.Name),
    };
}

public enum TemplatePart
{
    Body,
    Header,

    /// <summary>The ending of a button's address.</summary>
    Link,

    /// <summary>The code that a button copies.</summary>
    Coupon,
}

/// <summary>A place of a template that has to be filled.</summary>
/// <param name="Part">Where.</param>
/// <param name="Index">Of a button, which, from 0; else in which order.</param>
/// <param name="Placeholder">As it stands in the text.</param>
/// <param name="Name">Its name, where the template has names.</param>
/// <param name="Example">What Meta was shown for it.</param>
/// <param name="Media">Of a file, of which kind.</param>
public sealed record TemplateField(TemplatePart Part, int Index, string Placeholder, string? Name = null, string? Example = null, MessageKind? Media = null)
{
    /// <summary>Its name in a form.</summary>
    public string Key => $"{Part}.{Index}";
}
