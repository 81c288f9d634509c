using System.Globalization;
using System.Text;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>A request that no honest sender makes.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Parts">Its bytes, sent one part after the other.</param>
/// <param name="Pause">How long between the parts.</param>
/// <param name="IsCutOff">Whether the sender hangs up after the last part instead of waiting for an answer.</param>
/// <param name="IsSigned">Whether it carries the right signature; any other must never be taken.</param>
internal sealed record HostileRequest(string Name, IReadOnlyList<byte[]> Parts, TimeSpan Pause = default, bool IsCutOff = false, bool IsSigned = false)
{
    private const string Head = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n";

    private static readonly Func<Random, HostileRequest>[] Kinds =
    [
        _ => new("no length", [Text(Head + "\r\n"), "{}"u8.ToArray()]),
        _ => new("length too long", [Text(Head + "Content-Length: 900\r\n\r\n{}")], IsCutOff: true),
        _ => new("length too short", [Text(Head + "Content-Length: 1\r\n\r\n"), Corpus.Bodies[0]]),
        _ => new("length is no number", [Text(Head + "Content-Length: ten\r\n\r\n{}")]),
        _ => new("length is negative", [Text(Head + "Content-Length: -1\r\n\r\n{}")]),
        _ => new("two lengths", [Text(Head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]),
        _ => new("announced huge", [Text(Head + "Content-Length: 99999999999\r\n\r\n")]),
        _ => new("chunked and unsigned", [Text(Head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]),
        _ => new("chunks of nonsense", [Text(Head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")]),
        _ => new("chunked without end", [Text(Head + "Transfer-Encoding: chunked\r\n\r\n400\r\n")], IsCutOff: true),
        random => new("chunked and huge", [Text(Head + "Transfer-Encoding: chunked\r\n\r\n"), .. Enumerable.Repeat(Chunk(random, 256 * 1024), 14)]),
        _ => new("signature of another", [Text(Head + $"X-Hub-Signature-256: sha256={new string('0', 64)}\r\nContent-Length: 2\r\n\r\n{{}}")]),
        _ => new("two signatures", [Text(Head + "X-Hub-Signature-256: sha256=00\r\nX-Hub-Signature-256: sha256=11\r\nContent-Length: 2\r\n\r\n{}")]),
        _ => new("changed after it was signed", [Closing([.. Framework.Post.Signed("{}"u8.ToArray())[..^2], .. "[]"u8])]),
        _ => new("huge header", [Text(Head + $"X-Hub-Signature-256: {new string('a', 40_000)}\r\nContent-Length: 2\r\n\r\n{{}}")]),
        _ => new("no HTTP", [Text("\u0016\u0003\u0001\r\n\r\n")]),
        _ => new("other method", [Text("PUT /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")]),
        _ => new("handshake with nonsense", [Text("GET /webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=%00&hub.challenge=%ff%fe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]),
        _ => new("deep and signed", [Closing(Framework.Post.Signed(Encoding.ASCII.GetBytes(new string('[', 100_000))))], IsSigned: true),
        _ => new("empty and signed", [Closing(Framework.Post.Signed([]))], IsSigned: true),
        random => new("cut off", [Framework.Post.Signed(Corpus.Bodies[0])[..random.Next(1, 700)]], IsCutOff: true),
        random => new("slow", [.. Framework.Post.Signed(Corpus.Bodies[random.Next(Corpus.Bodies.Length)]).Chunk(120)], TimeSpan.FromMilliseconds(random.Next(1, 20)), IsSigned: true),
    ];

    public static int KindCount => Kinds.Length;

    public static HostileRequest Next(int index, Random random) => Kinds[index % Kinds.Length](random);

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Chunk(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return [.. Text(length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8];
    }

    private static byte[] Closing(byte[] request) =>
        [.. Text("POST /webhooks/whatsapp HTTP/1.1\r\nConnection: close\r\n"), .. request.AsSpan(request.AsSpan().IndexOf("\r\n"u8) + 2)];
}
