using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Reads a delivery's raw bytes, up to Meta's limit and not one more.</summary>
internal static class DeliveryBody
{
    /// <summary>Meta sends at most 3 MB. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>The bytes, or null when there are too many; reading stops there.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes + 1;

        using var bytes = new MemoryStream((int)(request.ContentLength ?? 4096));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
