using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace WebHost.Demo;

/// <summary>Small files, made here, so that pictures are seen and sounds are heard.</summary>
internal static class DemoFiles
{
    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("""
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
        4 0 obj<</Length 52>>stream
        BT /F 18 Tf 40 120 Td (Plan of the garden) Tj ET
        endstream endobj
        trailer<</Root 1 0 R>>
        %%EOF
        """);

    /// <summary>Three seconds without a sound: frames of MPEG layer III with nothing in them.</summary>
    public static byte[] Mp3 { get; } = [.. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x90, 0x64, .. new byte[413]], 115).SelectMany(frame => frame)];

    /// <summary>A picture of two colours that run into each other, and a few leaves.</summary>
    public static byte[] Picture((byte R, byte G, byte B) top, (byte R, byte G, byte B) foot)
    {
        const int Width = 320, Height = 240;
        var rows = new byte[Height * ((Width * 3) + 1)];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var leaf = Math.Sin((x * 0.09) + (Math.Sin(y * 0.05) * 3)) * Math.Sin(y * 0.07) > 0.45;
                var share = (y / (double)Height * 0.8) + (leaf ? 0.2 : 0);
                var at = (y * ((Width * 3) + 1)) + 1 + (x * 3);
                (rows[at], rows[at + 1], rows[at + 2]) = (Mix(top.R, foot.R, share), Mix(top.G, foot.G, share), Mix(top.B, foot.B, share));
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte Mix(byte one, byte other, double share) => (byte)(one + ((other - one) * Math.Clamp(share, 0, 1)));

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) is 0 ? 0 : 0xEDB88320);
        }

        return ~crc;
    }
}
