using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Says how an attempt ended whose process died, so that whoever asks for it is told an end.</summary>
internal sealed class BrokenAttempts(NumberAuthority numbers, TimeProvider time)
{
    /// <summary>A claim without an outcome for longer than this was broken off.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(60);

    public bool IsBroken(ConnectAttempt attempt) => attempt.Outcome is null && time.GetUtcNow() - attempt.ClaimedAt >= ClaimLife;

    /// <summary>The attempt with its end, not stored yet. Nobody told it: if its numbers are there, it succeeded, whatever happened to who ran it.</summary>
    public async Task<ConnectAttempt> EndedAsync(ConnectAttempt attempt)
    {
        var account = await numbers.ReadAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false);
        var (code, count) = SavedGrant.OutcomeOf(account, attempt.Generation) ?? (ErrorCodes.Interrupted, 0);
        return attempt with { EndedAt = time.GetUtcNow(), Outcome = code, PhoneCount = count };
    }
}
