using PhoneNumbers;

namespace WebHost.Chat;

/// <summary>A customer's telephone number as a person types it.</summary>
public static class ContactNumber
{
    public const string Rule = "Enter the number with its country code, such as +1 631 555 0199.";

    private const string NoRegion = "ZZ";

    public static bool IsDigits(string value) => value is { Length: >= 7 and <= 15 } && value.All(char.IsAsciiDigit);

    /// <summary>
    /// The digits of a number, or null when it is none: spaces, dots, hyphens, brackets, a zero in brackets, 00 for + and digits of other scripts are how people
    /// write numbers.
    /// </summary>
    public static string? Read(string? typed)
    {
        var text = typed?.Trim() ?? "";
        if (text.Any(char.IsLetter))
            return null;
        text = text.StartsWith("00", StringComparison.Ordinal) ? "+" + text[2..] : text.StartsWith('+') ? text : "+" + text;
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var digits = util.Format(util.Parse(text, NoRegion), PhoneNumberFormat.E164).TrimStart('+');
            return IsDigits(digits) ? digits : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
