using System.Globalization;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>Made-up telephone numbers of the range kept free for fiction.</summary>
internal static class NumberText
{
    public static string Or(string typed, EmulatedWaba? waba) =>
        typed.Count(char.IsAsciiDigit) is >= 7 and <= 15 ? typed : Suggest(waba);

    public static string Suggest(EmulatedWaba? waba) =>
        string.Create(CultureInfo.InvariantCulture, $"+1 650-555-01{50 + ((waba?.Numbers.Count ?? 0) % 50)}");
}
