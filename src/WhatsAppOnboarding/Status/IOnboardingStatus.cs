namespace WhatsAppOnboarding;

/// <summary>What an account may know about its own connection; the same as the status route answers. Registered scoped.</summary>
public interface IOnboardingStatus
{
    /// <summary>Reads it from the authority, now.</summary>
    Task<OnboardingStatus> ReadAsync(AccountId account, CancellationToken cancellationToken = default);
}
