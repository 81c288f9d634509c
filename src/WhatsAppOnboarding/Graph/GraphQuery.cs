using System.Text;

namespace WhatsAppOnboarding.Graph;

/// <summary>Collects the parameters of a URL, percent-encoded.</summary>
internal sealed class GraphQuery
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a parameter, unless its value is null.</summary>
    public GraphQuery Add(string name, string? value)
    {
        if (value is not null)
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public override string ToString() => _text.ToString();
}
