using System.Text;

namespace WebHost.Chat;

/// <summary>What a file is by its first bytes. What somebody says of it is never believed: browsers would run what is served as what it is not.</summary>
/// <param name="Media">Its media type.</param>
/// <param name="Kind">As what it is shown; a document is only ever saved.</param>
public sealed record FileType(string Media, MessageKind Kind)
{
    /// <summary>How many bytes it takes to tell.</summary>
    public const int HeadLength = 512;

    /// <summary>Anything: it is saved and not shown.</summary>
    public static readonly FileType Unknown = new("application/octet-stream", MessageKind.Document);

    public static FileType Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => new("image/jpeg", MessageKind.Image),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => new("image/png", MessageKind.Image),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => new("image/gif", MessageKind.Image),
        _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8) => new("image/webp", MessageKind.Sticker),
        _ when head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) => OfBrand(head[8..12]),
        _ when head.StartsWith("OggS"u8) => new("audio/ogg", MessageKind.Audio),
        _ when head.StartsWith("ID3"u8) => new("audio/mpeg", MessageKind.Audio),
        _ when head.StartsWith("#!AMR"u8) => new("audio/amr", MessageKind.Audio),
        [0xFF, var next, ..] when (next & 0xF6) is 0xF0 => new("audio/aac", MessageKind.Audio),
        [0xFF, var next, ..] when (next & 0xE0) is 0xE0 && (next & 0x06) is not 0 => new("audio/mpeg", MessageKind.Audio),
        _ when head.StartsWith("%PDF-"u8) => new("application/pdf", MessageKind.Document),
        _ => Unknown,
    };

    /// <summary>Of a file to be sent: for documents whose bytes tell only their wrapping, the name says what is in it.</summary>
    public static FileType Of(ReadOnlySpan<byte> head, string name)
    {
        var type = Of(head);
        if (type != Unknown)
            return type;
        ReadOnlySpan<byte> zip = [(byte)'P', (byte)'K', 3, 4], ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        var media = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".docx" when head.StartsWith(zip) => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".xlsx" when head.StartsWith(zip) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".pptx" when head.StartsWith(zip) => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".doc" when head.StartsWith(ole) => "application/msword",
            ".xls" when head.StartsWith(ole) => "application/vnd.ms-excel",
            ".ppt" when head.StartsWith(ole) => "application/vnd.ms-powerpoint",
            ".txt" or ".csv" when IsText(head) => "text/plain",
            _ => null,
        };
        return media is null ? Unknown : new(media, MessageKind.Document);
    }

    private static FileType OfBrand(ReadOnlySpan<byte> brand) => Encoding.ASCII.GetString(brand) switch
    {
        "M4A " or "M4B " => new("audio/mp4", MessageKind.Audio),
        ['3', 'g', ..] => new("video/3gpp", MessageKind.Video),
        "avif" or "heic" or "heix" or "mif1" or "msf1" => Unknown,
        _ => new("video/mp4", MessageKind.Video),
    };

    private static bool IsText(ReadOnlySpan<byte> head) => head.IndexOf((byte)0) < 0;
}
