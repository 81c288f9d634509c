using System.Globalization;
using PhoneNumbers;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>
/// Telephone numbers as numbers, however people and Meta write them: spaces, dots and brackets, an exit code for +, a trunk zero, digits of other scripts, an
/// extension. libphonenumber knows each country's rules; the table in here knows what it does not: that some countries lengthened numbers, and that WhatsApp
/// goes on showing old forms.
/// </summary>
internal static class TelephoneNumber
{
    private const string NoRegion = "ZZ";
    private const int MaxDigits = 32;
    private const int Italy = 39;

    /// <summary>
    /// What a person wrote, as little of it as says the same: ASCII digits, behind <c>+</c> where that was written. Null when it is no number. Zeros at the front
    /// stay, because 011 is an exit code in one country and an area code in another. An extension is left out: WhatsApp has none.
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
        return all.Length <= MaxDigits && all.AsSpan().ContainsAnyExcept('0') ? (plus ? "+" : "") + all : null;
    }

    /// <summary>
    /// Whether two writings are one number. The second is how Meta shows it. A first one without <c>+</c> leaves open what it is: it is the same if it is so with its
    /// country in front, or as it is dialled in Meta's country.
    /// </summary>
    public static bool Same(string? written, string? shown)
    {
        if (written is null || shown is null || Clean(written) is not { } one || Clean(shown) is not { } other)
            return false;
        if (one.TrimStart('+') == other.TrimStart('+'))
            return true;
        if (Read(International(other), NoRegion) is not { } meta)
            return false;

        var forms = Forms(meta);
        return Fits(International(one), NoRegion) || (one[0] != '+' && Fits(one, Util.GetRegionCodeForCountryCode(meta.CountryCode)));

        bool Fits(string text, string region) => Read(text, region) is { } number && forms.Overlaps(Forms(number));
    }

    /// <summary>The digits of what a person wrote, country code first; null when it is no number or names no country. Without <c>+</c> it is read as if there were one.</summary>
    public static string? Digits(string? written) =>
        written is not null && Clean(written) is { } clean && Read(International(clean), NoRegion) is { } number
        && Util.Format(number, PhoneNumberFormat.E164)[1..] is { Length: >= 7 and <= 15 } digits ? digits : null;

    private static PhoneNumberUtil Util => PhoneNumberUtil.GetInstance();

    private static string International(string clean) => clean switch
    {
        ['+', ..] => clean,
        ['0', '0', '1', '1', ..] => "+" + clean[4..],
        ['0', '0', ..] => "+" + clean[2..],
        ['0', '1', '1', ..] when clean.Length > 11 => "+" + clean[3..],
        _ => "+" + clean,
    };

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

        // libphonenumber leaves a trunk zero before what is an old form. In Italy a zero is part of the number.
        string[] read = Util.IsValidNumber(number) || number.CountryCode == Italy ? [national] : [national, national.TrimStart('0')];
        return [.. read.Concat(read.SelectMany(form => Others(number.CountryCode, form))).Select(form => $"{number.CountryCode} {form}")];
    }

    private static IEnumerable<string> Others(int country, string national) => (country, national) switch
    {
        // Brazil: mobile numbers got a ninth digit behind the area code; what began with 2 to 5 was and is a landline.
        (55, { Length: 11 } and [_, _, '9', not ('2' or '3' or '4' or '5'), ..]) => [national[..2] + national[3..]],

        // Argentina: 9 before the area code for mobiles from abroad, 15 behind it at home. Mexico: 1, at home 044 and 045, before mobiles until 2019.
        (54, { Length: 11 } and ['9', ..]) => [national[1..]],
        (54, { Length: 12 }) when Mobile15(national) is { } plain => [plain],
        (52, { Length: 11 } and ['1', ..]) => [national[1..]],
        (52, { Length: 12 } and ['4', '4' or '5', ..]) => [national[2..]],

        // Ivory Coast: ten digits since 2021, by the operator that the second digit named. Benin: 01 before all since 2024.
        (225, { Length: 8 } and ['2' or '3', ..]) => ["21" + national, "25" + national, "27" + national],
        (225, { Length: 8 } and [_, '7' or '8' or '9', ..]) => ["07" + national],
        (225, { Length: 8 } and [_, '4' or '5' or '6', ..]) => ["05" + national],
        (225, { Length: 8 }) => ["01" + national],
        (229, { Length: 8 }) => ["01" + national],

        // Cameroon (2014): 6 before mobiles, 2 before landlines. Gabon (2019): eight digits, by the operator that the first digit named.
        (237, { Length: 8 } and ['2' or '3', ..]) => ["2" + national],
        (237, { Length: 8 } and ['5' or '6' or '7' or '8' or '9', ..]) => ["6" + national],
        (241, { Length: 7 } or ({ Length: 8 } and ['0', ..])) when Gabon(national[^7]) is { } area => [area + national[^6..]],

        // Ecuador (2012) and Mauritius (2013): a digit before mobiles. Qatar (2010): the first digit twice.
        (593, { Length: 8 } and ['8' or '9', ..]) => ["9" + national],
        (230, { Length: 7 } and ['7' or '9', ..]) => ["5" + national],
        (974, { Length: 7 }) => [national[..1] + national],

        // Landlines of Chile (2013), Saudi Arabia (2013), the Philippines' capital (2019, by operator) and Colombia (2021).
        (56, { Length: 8 } and ['2', ..]) => ["2" + national],
        (56, { Length: 8 } and ['3' or '4' or '5' or '6' or '7', ..]) => [national[..2] + "2" + national[2..]],
        (966, { Length: 8 } and ['1' or '2' or '3' or '4' or '6' or '7', ..]) => ["1" + national],
        (63, { Length: 8 } and ['2', ..]) => ["23" + national[1..], "25" + national[1..], "26" + national[1..], "27" + national[1..], "28" + national[1..]],
        (57, { Length: 8 } and not ['0' or '3' or '9', ..]) => ["60" + national],

        // Vietnam (2018): mobiles of eleven digits, counted with the zero, got ten.
        (84, { Length: 10 } and ['1', ..]) when Vietnam(national[..3]) is { } prefix => [prefix + national[3..]],
        _ => [],
    };

    private static string? Gabon(char first) => first switch
    {
        '1' => "11",
        '2' or '5' or '6' => "6" + first,
        '4' or '7' => "7" + first,
        _ => null,
    };

    private static string? Vietnam(string old) => old switch
    {
        "120" => "70",
        "121" => "79",
        "122" => "77",
        "126" => "76",
        "128" => "78",
        "123" => "83",
        "124" => "84",
        "125" => "85",
        "127" => "81",
        "129" => "82",
        "186" or "188" => "5" + old[2],
        "199" => "59",
        ['1', '6', >= '2' and <= '9'] => "3" + old[2],
        _ => null,
    };

    /// <summary>An area code of two to four digits, then 15, which libphonenumber does not strip where it cannot tell the area.</summary>
    private static string? Mobile15(string national) =>
        Enumerable.Range(2, 3).Where(area => national.AsSpan(area).StartsWith("15")).Select(area => national.Remove(area, 2)).FirstOrDefault();
}
