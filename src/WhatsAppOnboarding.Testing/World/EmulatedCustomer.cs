using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Testing;

/// <summary>A person who writes to a business.</summary>
public sealed record EmulatedCustomer
{
    /// <summary>A person with this name and, unless a username is given, this number.</summary>
    public EmulatedCustomer(string name, string? number = null) => (Name, Number) = (name, number);

    /// <summary>The profile name.</summary>
    public string Name { get; init; }

    /// <summary>
    /// The phone number, which Meta may not tell of people with a username: null where it is left out, as Meta did at first, and empty where an empty text
    /// stands in its place, as on Meta's page since September 2026.
    /// </summary>
    public string? Number { get; init; }

    /// <summary>The username, or null.</summary>
    public string? Username { get; init; }

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
