namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Counts the calls that Meta rations per number, over all accounts and nodes. Says nothing about accounts. Registered scoped; may be resolved in any scope.
/// </summary>
public interface INumberBudget
{
    /// <summary>
    /// Counts a call that is about to be made, if there is one left. Must be durable when it returns. Of callers who meet at the limit never more than
    /// the limit are granted; all of them may be refused.
    /// </summary>
    Task<NumberAllowance> TakeAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>How the number stands; counts nothing.</summary>
    Task<NumberAllowance> ReadAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Removes what is older than a time, all of it or a part. Returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}

/// <summary>How the calls of one kind to one number stand.</summary>
/// <param name="IsGranted">Whether this call may be made; when nothing was counted: whether one might be.</param>
/// <param name="Used">How many were made within the window, this one included.</param>
/// <param name="Limit">How many may be.</param>
/// <param name="NextAt">When the next one may be made; null for now.</param>
public sealed record NumberAllowance(bool IsGranted, int Used, int Limit, DateTimeOffset? NextAt)
{
    /// <summary>Computes it, so that every store says the same.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="calls">When the calls within the window were made, in any order.</param>
    /// <param name="isGranted">Whether this call may be made; null when nothing was counted.</param>
    public static NumberAllowance Of(NumberCallLimit limit, IReadOnlyCollection<DateTimeOffset> calls, bool? isGranted)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calls);
        DateTimeOffset? nextAt = calls.Count < limit.Limit ? null : calls.OrderDescending().ElementAt(limit.Limit - 1) + limit.Window;
        return new NumberAllowance(isGranted ?? nextAt is null, calls.Count, limit.Limit, nextAt);
    }
}
