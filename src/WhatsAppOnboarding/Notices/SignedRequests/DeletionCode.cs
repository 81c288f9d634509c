using System.Security.Cryptography;

namespace WhatsAppOnboarding.Notices;

/// <summary>A confirmation code: random and kept nowhere, so that it tells nothing of anybody.</summary>
internal static class DeletionCode
{
    private const int Length = 32;

    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    public static bool IsWellFormed(string? code) => code is { Length: Length } && code.All(char.IsAsciiHexDigitLower);
}
