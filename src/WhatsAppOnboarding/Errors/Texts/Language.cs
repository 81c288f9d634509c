using System.Collections.Frozen;
using System.Globalization;

namespace WhatsAppOnboarding.Errors;

/// <summary>Everything that is said to people, in one language, by key.</summary>
internal sealed class Language
{
    private const string NameKey = "language";

    private Language(FrozenDictionary<string, string> words)
    {
        Words = words;
        Culture = CultureOf(Name);
    }

    /// <summary>By key: <c>error.no_waba.message</c>, <c>page.go_on</c>.</summary>
    public FrozenDictionary<string, string> Words { get; }

    /// <summary>Two letters, such as <c>en</c>.</summary>
    public string Name => Words[NameKey];

    /// <summary>How it writes dates; the invariant culture where the runtime knows no others.</summary>
    public CultureInfo Culture { get; }

    /// <param name="name">Two letters.</param>
    /// <param name="pairs">By kind and code: a sentence and a next step.</param>
    /// <param name="words">By kind and name: what stands alone.</param>
    public static Language Of(
        string name, IEnumerable<(string Kind, Dictionary<string, (string Message, string Action)> Texts)> pairs, IEnumerable<(string Kind, Dictionary<string, string> Texts)> words)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { [NameKey] = name };
        foreach (var (kind, texts) in pairs)
        {
            foreach (var (code, text) in texts)
            {
                all.Add($"{kind}.{code}.message", text.Message);
                all.Add($"{kind}.{code}.action", text.Action);
            }
        }

        foreach (var (kind, texts) in words)
        {
            foreach (var (word, text) in texts)
                all.Add($"{kind}.{word}", text);
        }

        return new Language(all.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static CultureInfo CultureOf(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}

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
