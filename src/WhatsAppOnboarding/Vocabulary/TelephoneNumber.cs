using System.Globalization;
using PhoneNumbers;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>
/// Telephone numbers as numbers, however people and Meta write them: spaces, dots and brackets, 00 and 011 for +, a trunk zero, digits of other scripts, an
/// extension. libphonenumber knows each country's rules; the table in here knows what it does not: that some countries lengthened numbers, and that WhatsApp
/// goes on showing old forms.
/// </summary>
internal static class TelephoneNumber
{
    private const string NoRegion = "ZZ";
    private const int MaxDigits = 32;

    /// <summary>
    /// What a person wrote, as little of it as says the same: ASCII digits, behind <c>+</c> where it is certainly international. Null when it is no number. An
    /// extension is left out, for WhatsApp has none.
    /// </summary>
    public static string? Clean(string text)
    {
        var end = text.AsSpan().IndexOfAny(";,#xX");
        var extension = text.IndexOf("ext", StringComparison.OrdinalIgnoreCase);
        if (extension >= 0 && (end < 0 || extension < end))
            end = extension;
        var digits = new List<char>();
        var plus = false;
        foreach (var letter in end < 0 ? text : text[..end])
        {
            if (char.GetNumericValue(letter) is var value and >= 0 and <= 9 && char.IsDigit(letter))
                digits.Add((char)('0' + (int)value));
            else if (letter is '+' or '\uFF0B' && digits.Count == 0 && !plus)
                plus = true;
            else if (!char.IsWhiteSpace(letter) && !char.IsPunctuation(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format)
                return null;
        }

        var all = string.Concat(digits);
        var (start, international) = (plus, all) switch
        {
            (true, _) => (0, true),
            (_, ['0', '0', ..]) => (2, true),
            (_, ['0', '1', '1', ..]) when all.Length > 11 => (3, true),
            _ => (0, false),
        };
        return all.Length - start is > 0 and <= MaxDigits ? (international ? "+" : "") + all[start..] : null;
    }

    /// <summary>Whether two writings are one number. The second is how Meta shows it, so that a number without its country is read as one of that country.</summary>
    public static bool Same(string? written, string? shown)
    {
        if (written is null || shown is null || Clean(written) is not { } one || Clean(shown) is not { } other)
            return false;
        if (one.TrimStart('+') == other.TrimStart('+'))
            return true;
        if (Read(International(other), NoRegion) is not { } meta)
            return false;

        var forms = Forms(meta);
        if (Read(International(one), NoRegion) is { } abroad && (forms.Overlaps(Forms(abroad)) || one[0] == '+' || Util.IsValidNumber(abroad)))
            return forms.Overlaps(Forms(abroad));
        return one[0] != '+' && Read(one, Util.GetRegionCodeForCountryCode(meta.CountryCode)) is { } national && forms.Overlaps(Forms(national));
    }

    /// <summary>The digits of what a person wrote, country code first; null when it is no number or names no country. Without <c>+</c> it is read as if there were one.</summary>
    public static string? Digits(string? written) =>
        written is not null && Clean(written) is { } clean && Read(International(clean), NoRegion) is { } number
        && Util.Format(number, PhoneNumberFormat.E164)[1..] is { Length: >= 7 and <= 15 } digits ? digits : null;

    private static PhoneNumberUtil Util => PhoneNumberUtil.GetInstance();

    private static string International(string clean) => clean[0] == '+' ? clean : "+" + clean;

    private static PhoneNumbers.PhoneNumber? Read(string text, string region)
    {
        try
        {
            return Util.Parse(text, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The number, and the older and newer forms of it that are certain.</summary>
    private static HashSet<string> Forms(PhoneNumbers.PhoneNumber number)
    {
        var national = Util.GetNationalSignificantNumber(number);
        return [.. Others(number.CountryCode, national).Append(national).Select(form => $"{number.CountryCode} {form}")];
    }

    private static IEnumerable<string> Others(int country, string national) => (country, national) switch
    {
        // Brazil: mobile numbers got a ninth digit behind the area code; what began with 2 to 5 was and is a landline.
        (55, { Length: 11 } and [_, _, '9', not ('2' or '3' or '4' or '5'), ..]) => [national[..2] + national[3..]],

        // Argentina: 9 before the area code for mobiles from abroad, 15 behind it at home. Mexico: 1 before mobiles until 2019.
        (54, { Length: 11 } and ['9', ..]) => [national[1..]],
        (54, { Length: 12 }) when Mobile15(national) is { } plain => [plain],
        (52, { Length: 11 } and ['1', ..]) => [national[1..]],

        // Ivory Coast: ten digits since 2021, by the operator that the second digit named. Benin: 01 before all since 2024.
        (225, { Length: 8 } and ['2' or '3', ..]) => ["21" + national, "25" + national, "27" + national],
        (225, { Length: 8 } and [_, '7' or '8' or '9', ..]) => ["07" + national],
        (225, { Length: 8 } and [_, '4' or '5' or '6', ..]) => ["05" + national],
        (225, { Length: 8 }) => ["01" + national],
        (229, { Length: 8 }) => ["01" + national],
        _ => [],
    };

    /// <summary>An area code of two to four digits, then 15, which libphonenumber does not strip where it cannot tell the area.</summary>
    private static string? Mobile15(string national) =>
        Enumerable.Range(2, 3).Where(area => national.AsSpan(area).StartsWith("15")).Select(area => national.Remove(area, 2)).FirstOrDefault();
}
