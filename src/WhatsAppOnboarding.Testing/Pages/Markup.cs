using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>HTML made by string interpolation, in which every value is encoded unless it is HTML itself.</summary>
[InterpolatedStringHandler]
internal sealed class Markup
{
    private readonly StringBuilder _html;

    public Markup(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (formattedCount * 16));

    public static Markup Empty => new(0, 0);

    public void AppendLiteral(string html) => _html.Append(html);

    public void AppendFormatted(string? text) => _html.Append(HtmlEncoder.Default.Encode(text ?? ""));

    public void AppendFormatted(Markup? markup) => _html.Append(markup?._html);

    public void AppendFormatted(IEnumerable<Markup> markups)
    {
        foreach (var markup in markups)
            AppendFormatted(markup);
    }

    public override string ToString() => _html.ToString();
}
