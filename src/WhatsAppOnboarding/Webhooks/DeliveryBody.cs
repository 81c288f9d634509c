using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>A delivery's raw bytes in a pooled buffer, which grows with what arrives and not with what is announced.</summary>
internal struct DeliveryBody : IDisposable
{
    /// <summary>Meta sends at most 3 MB. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    private const int FirstBuffer = 4 * 1024;

    private byte[]? _buffer;
    private int _length;

    public readonly ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the body; null when there are too many bytes, and reading stops there.</summary>
    public static async ValueTask<DeliveryBody?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes + 1;

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > MaxBytes)
                    return null;
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
            }

            var body = new DeliveryBody { _buffer = buffer, _length = length };
            buffer = null;
            return body;
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * length, MaxBytes + 1));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
