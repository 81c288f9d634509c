using System.Text;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Spoils a sound body a little or a lot, the same way for the same seed.</summary>
internal static class Mutation
{
    private static readonly byte[][] Values =
    [
        "null"u8.ToArray(), "true"u8.ToArray(), "-0"u8.ToArray(), "1e999"u8.ToArray(), "99999999999999999999999999"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(),
        "[[[{}]]]"u8.ToArray(), "\"\""u8.ToArray(), "\"\\ud800\""u8.ToArray(), "\"\\u0000\""u8.ToArray(), "\"-1\""u8.ToArray(), [0x22, 0xC3, 0x28, 0x22],
        Encoding.ASCII.GetBytes("\"" + new string('x', 5000) + "\""), Encoding.ASCII.GetBytes(new string('[', 60) + new string(']', 60)),
    ];

    private static readonly byte[][] Tokens = [.. Values, [0xEF, 0xBB, 0xBF], "\"entry\":"u8.ToArray(), "\"id\":\"1\","u8.ToArray(), Encoding.ASCII.GetBytes(new string('[', 200))];

    public static byte[] Of(byte[] body, Random random)
    {
        var bytes = new List<byte>(body);

        // Half of them stay JSON more often than not, so that they get past the parser.
        Action<List<byte>, Random> spoil = random.Next(2) == 0 ? Once : random.Next(3) == 0 ? Repeat : Replace;
        for (var times = 1 + random.Next(4); times > 0; times--)
            spoil(bytes, random);
        return [.. bytes];
    }

    private static void Once(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
            case 5:
                Replace(bytes, random);
                break;
            case 6 when random.Next(10) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                Repeat(bytes, random);
                break;
        }
    }

    /// <summary>Puts another value where a text or a number was.</summary>
    private static void Replace(List<byte> bytes, Random random)
    {
        var start = bytes.IndexOf((byte)':', random.Next(bytes.Count)) + 1;
        if (start == 0 || start >= bytes.Count || bytes[start] is (byte)'{' or (byte)'[')
            return;
        var end = bytes[start] is (byte)'"' ? bytes.IndexOf((byte)'"', start + 1) + 1 : bytes.FindIndex(start, one => one is (byte)',' or (byte)'}' or (byte)']');
        if (end <= start)
            return;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Values[random.Next(Values.Length)]);
    }

    /// <summary>Writes a property with a plain value twice.</summary>
    private static void Repeat(List<byte> bytes, Random random)
    {
        var from = bytes.IndexOf((byte)',', random.Next(bytes.Count));
        var to = from < 0 || from + 1 >= bytes.Count ? -1 : bytes.FindIndex(from + 1, one => one is (byte)',' or (byte)'}' or (byte)'{' or (byte)'[' or (byte)']');
        if (to > from && bytes[to] is (byte)',' or (byte)'}')
            bytes.InsertRange(from, bytes.GetRange(from, to - from));
    }
}
