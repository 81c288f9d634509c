namespace WhatsAppOnboarding.Setup;

/// <summary>The shape of what a person types in.</summary>
internal static class VerificationCode
{
    private const int MaxLength = 10;

    /// <summary>Digits, and no more than any code has.</summary>
    public static bool IsValid(string? code) => code is { Length: > 0 and <= MaxLength } && code.All(char.IsAsciiDigit);

    /// <summary>A language as Meta names it, such as <c>en</c> or <c>en_US</c>.</summary>
    public static bool IsLanguage(string language) => language.Split('_') switch
    {
        [var one] => IsPart(one, char.IsAsciiLetterLower),
        [var one, var country] => IsPart(one, char.IsAsciiLetterLower) && IsPart(country, char.IsAsciiLetterUpper),
        _ => false,
    };

    private static bool IsPart(string text, Func<char, bool> fits) => text.Length is 2 or 3 && text.All(fits);
}
