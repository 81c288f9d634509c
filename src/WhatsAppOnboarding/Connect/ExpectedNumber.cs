using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Connect;

/// <summary>The number that a grant must show, so that nobody connects another one by mistake: a number's id at Meta or a telephone number.</summary>
internal static class ExpectedNumber
{
    private const int MaxLength = 40;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789+-() ");

    /// <summary>The digits of the <c>expect</c> in the query; null when there is none. False when it makes no sense.</summary>
    public static bool TryRead(HttpRequest request, out string? digits)
    {
        digits = null;
        var given = request.Query["expect"];
        if (given.Count == 0)
            return true;
        if (given is not [{ Length: > 0 and <= MaxLength } text] || text.AsSpan().ContainsAnyExcept(Allowed))
            return false;
        digits = Digits(text);
        return digits.Length is > 0 and <= 32;
    }

    public static bool Matches(NumberFacts number, string expected) =>
        number.Id.ToString() == expected || (number.DisplayPhoneNumber is { } display && Digits(display) == expected);

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
