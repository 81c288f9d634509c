namespace WhatsAppOnboarding.Testing.World;

/// <summary>Ten requests in any 72 hours, whatever became of them; one more blocks for 72 hours.</summary>
internal sealed class CallBudget(Lock gate)
{
    private const int Most = 10;
    private static readonly TimeSpan Window = TimeSpan.FromHours(72);

    private readonly List<DateTimeOffset> _taken = [];
    private DateTimeOffset _blockedUntil;

    public IReadOnlyList<DateTimeOffset> Taken
    {
        get
        {
            lock (gate)
                return [.. _taken];
        }
    }

    public bool Take(DateTimeOffset now)
    {
        lock (gate)
        {
            if (now < _blockedUntil)
                return false;
            if (_taken.Count(at => at > now - Window) >= Most)
            {
                _blockedUntil = now + Window;
                return false;
            }

            _taken.Add(now);
            return true;
        }
    }
}
