using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>A file by <c>id</c> or by <c>link</c>. The emulator loads no links.</summary>
internal static class MediaContent
{
    private const int LongestCaption = 1024;

    /// <summary>Checks a media message. A file of another kind is accepted and fails.</summary>
    public static MetaRefusal? Check(MessagePart media, string kind, EmulatedNumber number, DateTimeOffset now)
    {
        media.Only(kind switch
        {
            "image" or "video" => ["id", "link", "caption"],
            "document" => ["id", "link", "caption", "filename"],
            "audio" => ["id", "link", "voice"],
            _ => ["id", "link"],
        });
        if (media.Text("caption") is { Length: > LongestCaption })
            throw new GraphFailure(400, 100, $"(#100) Param {media.At("caption")} must be at most {LongestCaption} characters long.");
        media.Text("filename");
        return CheckFile(media, kind, number, now);
    }

    /// <summary>Checks the file alone, as it stands in a header.</summary>
    public static MetaRefusal? CheckFile(MessagePart media, string kind, EmulatedNumber number, DateTimeOffset now)
    {
        var (id, link) = (media.Text("id"), media.Text("link"));
        if (id is null == link is null)
            throw MessagePart.Invalid($"Either {media.At("id")} or {media.At("link")} is required, and not both.");
        if (link is not null)
        {
            return MessagePart.IsWebAddress(link) ? null
                : throw new GraphFailure(400, 100, $"(#100) Param {media.At("link")} is not a valid URL.");
        }

        var file = number.Media.FirstOrDefault(known => known.Id == id && now < known.ExpiresAt)
            ?? throw new GraphFailure(400, 100, $"(#100) Param {media.At("id")} is not a valid whatsapp business account media attachment ID");
        return MediaTypes.Fits(file.MimeType, kind) ? null
            : MetaRefusal.Of(131053) with { Details = $"Unsupported {kind} mime type {file.MimeType}." };
    }
}
