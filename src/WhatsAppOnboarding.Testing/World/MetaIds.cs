using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Testing.World;

/// <summary>Names and secrets as Meta makes them: same alphabet, prefix and about the same length.</summary>
internal static class MetaIds
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string NewId() =>
        RandomNumberGenerator.GetInt32(1, 10).ToString(CultureInfo.InvariantCulture)
        + RandomNumberGenerator.GetString("0123456789", 14);

    /// <summary>The same for the same text, and made like any other id.</summary>
    public static string FixedId(string of) =>
        (100_000_000_000_000 + (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(of))) % 900_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    public static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string NewCode() => "AQ" + RandomNumberGenerator.GetString(Letters + "-_", 160);

    public static string NewToken() => "EAA" + RandomNumberGenerator.GetString(Letters, 180);

    public static string NewMessageId() => "wamid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(36));

    public static string NewTraceId() => "A" + RandomNumberGenerator.GetString(Letters + "-_", 22);
}
