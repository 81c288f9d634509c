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

    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(10);

    private byte[] _buffer;
    private int _length;

    public readonly ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the body; null when there are too many bytes, and reading stops there.</summary>
    /// <exception cref="OperationCanceledException">It took too long, or the sender is gone.</exception>
    public static async ValueTask<DeliveryBody?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes + 1;

        var body = new DeliveryBody { _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer) };
        var whole = false;
        CancellationTokenSource? patience = null;
        try
        {
            var reader = context.Request.BodyReader;
            while (!whole)
            {
                // Most bodies are there already, and need no clock.
                if (!reader.TryRead(out var read))
                    read = await reader.ReadAsync((patience ??= Patience(context)).Token).ConfigureAwait(false);
                if (body._length + read.Buffer.Length > MaxBytes)
                    return null;
                body.Append(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                whole = read.IsCompleted;
            }

            return body;
        }
        finally
        {
            patience?.Dispose();
            if (!whole)
                body.Dispose();
        }
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static CancellationTokenSource Patience(HttpContext context)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(ReadingTime);
        return patience;
    }

    private void Append(ReadOnlySequence<byte> bytes)
    {
        var length = _length + (int)bytes.Length;
        if (length > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Min(2 * _buffer.Length, MaxBytes)));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = length;
    }
}
