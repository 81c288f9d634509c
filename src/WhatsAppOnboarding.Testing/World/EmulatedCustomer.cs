using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Testing;

/// <summary>A person who writes to a business.</summary>
/// <param name="Name">The profile name.</param>
/// <param name="Number">The phone number; null or empty where Meta leaves it out, as it may for people with a username.</param>
/// <param name="Username">The username, or null.</param>
public sealed record EmulatedCustomer(string Name, string? Number = null, string? Username = null)
{
    /// <summary>The number's digits: Meta's <c>wa_id</c>.</summary>
    public string Digits => string.Concat((Number ?? "").Where(char.IsAsciiDigit));

    /// <summary>The business-scoped user id, for example <c>US.13491208655302741918</c>.</summary>
    /// <value>Made of the number, or else of username or name: always the same for the same person.</value>
    public string UserId
    {
        get => field ?? Derive();
        init;
    }

    private string Derive()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Digits.Length > 0 ? Digits : Username ?? Name));
        return "US." + BitConverter.ToUInt64(hash).ToString("D20", CultureInfo.InvariantCulture);
    }
}
