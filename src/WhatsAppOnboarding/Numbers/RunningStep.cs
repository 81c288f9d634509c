namespace WhatsAppOnboarding.Stores;

/// <summary>A step that is being done for a number right now, by which a second request for the same number is kept away.</summary>
/// <param name="Id">Random; who wrote it has the number.</param>
/// <param name="Step">Which one: one of <see cref="StepNames"/>.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record RunningStep(Guid Id, string Step, DateTimeOffset StartedAt)
{
    /// <summary>A step that has run for longer was broken off.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    internal bool IsAlive(DateTimeOffset now) => now - StartedAt < Life;
}
