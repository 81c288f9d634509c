namespace WhatsAppOnboarding.Testing.World;

/// <summary>Counts wrong PINs. Meta publishes neither how many are too many nor for how long.</summary>
internal sealed class PinGuard
{
    private const int Most = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(12);

    private int _wrong;
    private DateTimeOffset _blockedUntil;

    public bool IsBlocked(DateTimeOffset now) => now < _blockedUntil;

    public void Wrong(DateTimeOffset now)
    {
        if (++_wrong < Most)
            return;
        _wrong = 0;
        _blockedUntil = now + Pause;
    }

    public void Right() => _wrong = 0;
}
