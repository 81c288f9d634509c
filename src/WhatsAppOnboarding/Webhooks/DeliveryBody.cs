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

    private byte[] _buffer;
    private int _length;

    public readonly ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads the body, or says why not; with too many bytes reading stops there.</summary>
    /// <exception cref="OperationCanceledException">It took too long, or the sender is gone.</exception>
    public static async ValueTask<(DeliveryBody Body, DeliveryAnswer? Refusal)> ReadAsync(HttpContext context, SlowBodies slow)
    {
        if (context.Request.ContentLength > MaxBytes)
            return (default, DeliveryAnswer.TooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes + 1;

        var body = new DeliveryBody { _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer) };
        var (whole, taken) = (false, 0);
        SlowBody? patience = null;
        try
        {
            var reader = context.Request.BodyReader;
            while (!whole)
            {
                // Most bodies are there already, and need no place and no clock.
                if (!reader.TryRead(out var read))
                    read = await reader.ReadAsync((patience ??= slow.Begin(context.RequestAborted)).Token).ConfigureAwait(false);
                if (body._length + read.Buffer.Length > MaxBytes)
                    return (default, DeliveryAnswer.TooLarge);
                var more = body.GrowthFor(read.Buffer.Length);
                if (more > 0 && !slow.TryTake(more))
                    return (default, DeliveryAnswer.Busy);
                taken += more;
                body.Append(read.Buffer, more);
                reader.AdvanceTo(read.Buffer.End);
                whole = read.IsCompleted;
            }

            return (body, null);
        }
        finally
        {
            slow.GiveBack(taken);
            if (patience is not null)
                slow.End(patience);
            if (!whole)
                body.Dispose();
        }
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>By how much the buffer must grow to hold so many more bytes.</summary>
    private readonly int GrowthFor(long bytes) =>
        _length + bytes <= _buffer.Length ? 0 : (int)Math.Max(_length + bytes, Math.Min(2 * _buffer.Length, MaxBytes)) - _buffer.Length;

    private void Append(ReadOnlySequence<byte> bytes, int growth)
    {
        if (growth > 0)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length + growth);
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += (int)bytes.Length;
    }
}

/// <summary>
/// The bodies that had not arrived as a whole with their headers, of senders whom nobody knows yet. They get so many seconds, so many places and so much
/// memory together; when the places are full the one that waits longest goes, so that slow strangers keep nobody out.
/// </summary>
internal sealed class SlowBodies(TimeProvider time)
{
    private const int Places = 256;
    private const long MaxBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(10);

    private readonly LinkedList<SlowBody> _waiting = [];
    private long _bytes;

    /// <summary>Begins to wait for the rest of a body; <see cref="End"/> it.</summary>
    public SlowBody Begin(CancellationToken aborted)
    {
        var patience = new SlowBody(ReadingTime, time, aborted);
        SlowBody? longest = null;
        lock (_waiting)
        {
            if (_waiting.Count >= Places)
            {
                longest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            _waiting.AddLast(patience);
        }

        longest?.GiveUp();
        return patience;
    }

    public void End(SlowBody patience)
    {
        lock (_waiting)
            _waiting.Remove(patience);
        patience.Dispose();
    }

    /// <summary>Whether a body may take so much more memory; to be given back.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= MaxBytes)
            return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}

/// <summary>The wait for the rest of one body.</summary>
internal sealed class SlowBody : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public SlowBody(TimeSpan limit, TimeProvider time, CancellationToken aborted)
    {
        _limit = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, aborted);
    }

    public CancellationToken Token => _either.Token;

    public void GiveUp()
    {
        try
        {
            _either.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just arrived.
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
