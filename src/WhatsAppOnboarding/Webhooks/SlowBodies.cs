namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// The bodies that had not arrived as a whole with their headers, of senders whom nobody knows yet. They get so many seconds, so many places and so much
/// memory together; when the places are full the one that waits longest goes, so that slow strangers keep nobody out.
/// </summary>
internal sealed class SlowBodies
{
    private const int Places = 256;
    private const long MaxBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan ReadingTime = TimeSpan.FromSeconds(10);

    private readonly LinkedList<CancellationTokenSource> _waiting = [];
    private long _bytes;

    /// <summary>Begins to wait for the rest of a body; <see cref="End"/> it.</summary>
    public CancellationTokenSource Begin(CancellationToken aborted)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(ReadingTime);
        CancellationTokenSource? longest = null;
        lock (_waiting)
        {
            if (_waiting.Count >= Places)
            {
                longest = _waiting.First!.Value;
                _waiting.RemoveFirst();
            }

            _waiting.AddLast(patience);
        }

        Cancel(longest);
        return patience;
    }

    public void End(CancellationTokenSource patience)
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

    private static void Cancel(CancellationTokenSource? patience)
    {
        try
        {
            patience?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just arrived.
        }
    }
}
