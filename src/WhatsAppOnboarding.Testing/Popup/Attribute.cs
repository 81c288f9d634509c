using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

internal static class Attribute
{
    public static Markup? Checked(bool isChecked) => isChecked ? (Markup)$" checked" : null;
}
