using Microsoft.Extensions.Localization;

namespace WebHost.Chat;

/// <summary>How large files may be, by kind: Meta's limits.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media</remarks>
public static class FileLimits
{
    private const long Megabyte = 1024 * 1024;

    public const long Largest = 100 * Megabyte;

    /// <summary>Said before somebody chooses a file.</summary>
    public static string InWords(IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words["Pictures (JPEG, PNG) up to 5 MB, films (MP4) and sound up to 16 MB, documents (PDF, Office, text) up to 100 MB."];
    }

    public static long Of(MessageKind kind) => kind switch
    {
        MessageKind.Image => 5 * Megabyte,
        MessageKind.Video or MessageKind.Audio or MessageKind.Voice => 16 * Megabyte,
        MessageKind.Sticker => Megabyte / 2,
        _ => Largest,
    };

    /// <summary>Why a file cannot be sent; null when it can.</summary>
    public static string? WhyNot(FileType type, long size, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(words);
        if (size is 0)
            return words["This file is empty."];
        if (type == FileType.Unknown || type.Media is "image/gif" or "image/webp")
            return $"{words["WhatsApp does not take this kind of file."]} {InWords(words)}";
        return size <= Of(type.Kind) ? null : $"{words["This file is too large: {0:0.#} MB.", size / (double)Megabyte]} {InWords(words)}";
    }
}
