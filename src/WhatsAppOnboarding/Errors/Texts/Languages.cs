using System.Globalization;

namespace WhatsAppOnboarding.Errors;

/// <summary>The languages that the library has, and which one is spoken. It is chosen anew whenever something is said, so that nothing is kept in one language.</summary>
internal static class Languages
{
    /// <summary>All of them, English first.</summary>
    public static IReadOnlyList<Language> All { get; } = [English.Texts, Spanish.Texts, Portuguese.Texts];

    /// <summary>The language of <see cref="CultureInfo.CurrentUICulture"/>.</summary>
    public static Language Current => Of(CultureInfo.CurrentUICulture);

    /// <summary>The language of a culture; English when it is none of these.</summary>
    public static Language Of(CultureInfo culture) => Find(culture.TwoLetterISOLanguageName) ?? English.Texts;

    /// <summary>The language with these two letters; null when it is none of these.</summary>
    public static Language? Find(string name) => All.FirstOrDefault(language => string.Equals(language.Name, name, StringComparison.OrdinalIgnoreCase));
}
