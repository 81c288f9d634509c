namespace WhatsAppOnboarding.Notices;

/// <summary>Texts from Meta as they are kept: short, and without control characters.</summary>
internal static class MetaText
{
    private const int MaxLength = 200;

    /// <summary>What fits into a column for a word.</summary>
    private const int MaxWord = 64;

    public static string? Cut(string? text) => Cut(text, MaxLength);

    public static string? Word(string? text) => Cut(text, MaxWord);

    /// <summary>Meta's words are written in either case.</summary>
    public static string Upper(string text) => Word(text)?.ToUpperInvariant() ?? "";

    /// <summary>What there is of these, in one text; null when there is nothing.</summary>
    public static string? Join(params IEnumerable<string?> parts) => Cut(string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part)).Distinct()));

    /// <summary>The digits of a telephone number; null when there are none.</summary>
    public static string? Digits(string? phone) => string.Concat((phone ?? "").Where(char.IsAsciiDigit)) is { Length: > 0 } digits ? digits : null;

    private static string? Cut(string? text, int length)
    {
        var plain = string.Concat((text ?? "").Where(character => !char.IsControl(character))).Trim();
        if (plain.Length > length)
            plain = plain[..(char.IsHighSurrogate(plain[length - 1]) ? length - 1 : length)];
        return plain.Length == 0 ? null : plain;
    }
}
