using System.Globalization;

namespace WhatsAppOnboarding.EfCore.References;

/// <summary>How the text of an account id becomes the key of the host's account; false when it is none.</summary>
internal delegate bool AccountKey<TKey>(string text, out TKey key);

internal static class AccountKeys
{
    public static bool Text(string text, out string key)
    {
        key = text;
        return true;
    }

    // One way to write a key: else "7" and "07", or a Guid in capitals, would be two accounts of ours with one row of the host's.
    public static bool Guid(string text, out Guid key) => System.Guid.TryParse(text, out key) && text == key.ToString();

    public static bool Int(string text, out int key) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key) && text == key.ToString(CultureInfo.InvariantCulture);

    public static bool Long(string text, out long key) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out key) && text == key.ToString(CultureInfo.InvariantCulture);
}
