using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>A file part of a multipart form.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The part's own type, as sent; empty when it has none.</param>
/// <param name="FileName">The part's file name.</param>
internal sealed record UploadedFile(ReadOnlyMemory<byte> Content, string ContentType, string FileName)
{
    public static async Task<UploadedFile?> ReadAsync(IFormFile? part, CancellationToken cancellationToken)
    {
        if (part is null)
            return null;
        var content = new byte[part.Length];
        var stream = part.OpenReadStream();
        await using (stream.ConfigureAwait(false))
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return new UploadedFile(content, part.ContentType ?? "", part.FileName);
    }
}
