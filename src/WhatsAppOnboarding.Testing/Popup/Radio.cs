using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>One of several things that a person chooses among.</summary>
internal static class Radio
{
    public static Markup Choice(string name, string value, string title, string more, bool isChecked) => $"""
        <label class="choice">
        <input type="radio" name="{name}" value="{value}" required{(isChecked ? (Markup)$" checked" : null)}>
        <span><strong>{title}</strong>
        <span class="number">{more}</span>
        </span>
        </label>

        """;
}
