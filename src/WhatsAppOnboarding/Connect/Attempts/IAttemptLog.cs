namespace WhatsAppOnboarding;

/// <summary>What an account may know of its attempts to connect; the same as the attempts route answers. Kept for 30 days. Registered scoped.</summary>
public interface IAttemptLog
{
    /// <summary>The attempt with this id, if it is the account's; else null.</summary>
    Task<AttemptView?> FindAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken = default);

    /// <summary>The account's latest attempts, newest first, without what could be chosen.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="max">How many at most: 1 to 200.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<AttemptView>> ListAsync(AccountId account, int max = 50, CancellationToken cancellationToken = default);
}
