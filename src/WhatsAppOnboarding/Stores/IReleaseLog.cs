namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Remembers for a while that the app was told to leave a WABA, so that a connect of the same WABA at the same time subscribes once more.
/// Says nothing about accounts. Registered scoped; may be resolved in any scope.
/// </summary>
public interface IReleaseLog
{
    /// <summary>Records that an unsubscribe of this WABA is about to be sent. Must be durable when it returns.</summary>
    Task RecordAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Which of these WABAs had an unsubscribe at or after a time.</summary>
    Task<IReadOnlyCollection<WabaId>> FindSinceAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Removes what is older than a time, all of it or a part. Returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}
