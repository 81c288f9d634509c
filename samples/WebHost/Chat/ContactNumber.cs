namespace WebHost.Chat;

/// <summary>A customer's telephone number as a person types it.</summary>
public static class ContactNumber
{
    public const string Rule = "Enter the number with its country code, such as +1 631 555 0199.";

    public static bool IsDigits(string value) => value is { Length: >= 7 and <= 15 } && value.All(char.IsAsciiDigit);

    /// <summary>The digits of a number, or null when it is none. Spaces, dots, hyphens and brackets are how people write numbers.</summary>
    public static string? Read(string? typed)
    {
        var text = typed?.Trim() ?? "";
        if (text.StartsWith('+'))
            text = text[1..];
        else if (text.StartsWith("00", StringComparison.Ordinal))
            text = text[2..];

        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '.' or '(' or ')' or '/')));
        return IsDigits(digits) && digits[0] is not '0' ? digits : null;
    }
}
