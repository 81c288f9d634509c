using System.Net.Http.Headers;

namespace WhatsAppOnboarding.Graph;

/// <content>Files: up, look-up, down.</content>
public static partial class WhatsAppCalls
{
    /// <summary>The largest file that Meta takes or gives, in bytes; many kinds have a smaller limit.</summary>
    public const long MaxFileBytes = 100 * 1024 * 1024;

    /// <summary>
    /// Uploads a file, which can then be sent by its id for 30 days. The stream is read once and stays open, so the call can be made once; never repeated by
    /// itself. May take up to five minutes.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#upload-media</remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="number">The number that will send it.</param>
    /// <param name="content">The file.</param>
    /// <param name="mediaType">Its type, such as <c>image/jpeg</c>; Meta refuses types that it does not know.</param>
    /// <param name="fileName">Its name, without quotes and control characters.</param>
    public static GraphCall<MediaFile> UploadMedia(AccessToken token, PhoneNumberId number, Stream content, string mediaType, string fileName)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!MediaTypeHeaderValue.TryParse(mediaType, out var type))
            throw new ArgumentException("A media type looks like image/jpeg.", nameof(mediaType));
        if (Limit.Given(fileName, 240, "The name of a file", nameof(fileName)).Any(letter => letter is '"' || char.IsControl(letter)))
            throw new ArgumentException("The name of a file has no quotes and no control characters.", nameof(fileName));
        return new("upload_media", HttpMethod.Post, $"{number}/media", GraphCredential.Of(token), WireUploaded.Read)
        {
            Body = GraphBody.File(content, type, fileName, ("messaging_product", "whatsapp"), ("type", type.MediaType!)),
            MovesFile = true,
        };
    }

    /// <summary>Asks what a file is and where it can be loaded from for the next five minutes: one that was uploaded, or one that a webhook named.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#get-media-url</remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="mediaId">The file's id.</param>
    /// <param name="number">The number that it belongs to: another number's file is then not found. Null for any that the token may see.</param>
    public static GraphCall<MediaFile> FindMedia(AccessToken token, string mediaId, PhoneNumberId? number = null) =>
        new("find_media", HttpMethod.Get, Limit.Id(mediaId, "The id of a file", nameof(mediaId)), GraphCredential.Of(token), WireMedia.Read)
        {
            Query = [("phone_number_id", number?.ToString())],
        };

    /// <summary>
    /// Loads a file into a stream, piece by piece. Only from Meta's hosts (setting <c>MediaHosts</c>) and where the Graph API is, without
    /// following redirects. Never repeated by itself, because the stream may then hold a part; on a failure throw away what it holds. May take up to five minutes.
    /// </summary>
    /// <remarks>
    /// An address at another host, and a file over the limit, are <see cref="GraphErrorKind.UnreadableAnswer"/>. What the stream throws is thrown.
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#download-media
    /// </remarks>
    /// <param name="token">The customer's token. It travels in the header alone.</param>
    /// <param name="file">What <see cref="FindMedia"/> answered.</param>
    /// <param name="destination">Where the bytes go; it stays open.</param>
    /// <param name="maxBytes">The most bytes to take. Default <see cref="MaxFileBytes"/>.</param>
    public static GraphCall<GraphDone> DownloadMedia(AccessToken token, MediaFile file, Stream destination, long maxBytes = MaxFileBytes)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (file.Address is not { } address)
            throw new ArgumentException("The file has no address; FindMedia gives it one for five minutes.", nameof(file));
        return new("download_media", HttpMethod.Get, "media", GraphCredential.Of(token), _ => new GraphDone())
        {
            IsSafe = false,
            MovesFile = true,
            Download = new GraphDownload(address, destination, maxBytes),
        };
    }
}

/// <summary>A file at Meta.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media</remarks>
public sealed record MediaFile
{
    /// <summary>The file's id, by which it is sent and found.</summary>
    public required string Id { get; init; }

    /// <summary>Where it can be loaded from for five minutes; null after an upload. Who has it needs the token as well.</summary>
    public Uri? Address { get; init; }

    /// <summary>Its type, such as <c>image/jpeg</c>; null when Meta did not say.</summary>
    public string? MediaType { get; init; }

    /// <summary>Its SHA-256 in Meta's writing; null when Meta did not say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its size in bytes; null when Meta did not say.</summary>
    public long? Size { get; init; }
}

internal sealed record WireUploaded(string Id)
{
    public static MediaFile? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireUploaded) is { } uploaded && GraphId.IsValid(uploaded.Id) ? new() { Id = uploaded.Id } : null;
}

internal sealed record WireMedia(string Id, string Url, string? MimeType = null, string? Sha256 = null, long? FileSize = null)
{
    public static MediaFile? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireMedia) is { } media && GraphId.IsValid(media.Id) && Uri.TryCreate(media.Url, UriKind.Absolute, out var address)
            ? new() { Id = media.Id, Address = address, MediaType = media.MimeType, Sha256 = media.Sha256, Size = media.FileSize }
            : null;
}
