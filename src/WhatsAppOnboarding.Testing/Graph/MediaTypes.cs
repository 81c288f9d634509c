namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>What files Meta takes: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types.</summary>
internal static class MediaTypes
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;

    private static readonly string[] Documents =
    [
        "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ];

    private static readonly Dictionary<string, string> Kinds = new (string Kind, string[] Types)[]
    {
        ("image", ["image/jpeg", "image/png"]),
        ("sticker", ["image/webp"]),
        ("audio", ["audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/opus"]),
        ("video", ["video/mp4", "video/3gpp"]),
        ("document", Documents),
    }.SelectMany(group => group.Types.Select(type => (type, group.Kind))).ToDictionary();

    public static string All => string.Join(", ", Kinds.Keys);

    public static bool IsKnown(string mimeType) => Kinds.ContainsKey(mimeType);

    /// <summary>Whether a file of this type can be sent as a message of this kind; as a document any can.</summary>
    public static bool Fits(string mimeType, string kind) => kind == "document" || Kinds.GetValueOrDefault(mimeType.Split(';')[0]) == kind;

    /// <summary>As what a customer's phone sends a file of this type.</summary>
    public static string KindOf(string? mimeType) => Kinds.GetValueOrDefault((mimeType ?? "").Split(';')[0], "document");

    public static int LongestOf(string mimeType, ReadOnlySpan<byte> content) => Kinds[mimeType] switch
    {
        "image" => 5 * Megabyte,
        "sticker" => IsAnimated(content) ? 500 * Kilobyte : 100 * Kilobyte,
        "document" => 100 * Megabyte,
        _ => 16 * Megabyte,
    };

    // An extended WebP file names its animation right behind its head.
    private static bool IsAnimated(ReadOnlySpan<byte> webp) => webp[..Math.Min(webp.Length, 64)].IndexOf("ANIM"u8) >= 0;
}
