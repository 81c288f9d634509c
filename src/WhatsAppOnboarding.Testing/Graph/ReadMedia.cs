using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {media}</c>: what a file is, and an address that gives it for five minutes.</summary>
internal static class ReadMedia
{
    public static JsonObject Answer(GraphRequest request)
    {
        var media = request.RequireMedia();
        var (hash, end) = request.World.Media.Open(media, request.Core.Now);
        return new JsonObject
        {
            ["url"] = $"{request.Origin}{DownloadMedia.Path}/?mid={media.Id}&ext={end.ToUnixTimeSeconds()}&hash={hash}",
            ["mime_type"] = media.MimeType,
            ["sha256"] = media.HexHash,
            ["file_size"] = media.Content.Length,
            ["id"] = media.Id,
            ["messaging_product"] = "whatsapp",
        };
    }
}
