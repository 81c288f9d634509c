namespace WhatsAppOnboarding.Stores;

/// <summary>
/// Remembers calls to Meta for some days, over all accounts and nodes: those that Meta rations per number, that the app was told to leave a WABA, and what accounts and links began,
/// which the library limits. An account is in it as a hash only. Registered scoped; the library resolves it for every call in a new scope of its own.
/// </summary>
/// <remarks>All nodes of a host must share it. An outage is an exception; no verb swallows one.</remarks>
public interface IMetaCallLog
{
    /// <summary>
    /// Records a call that is about to be made, if the limit leaves one; whether it does. Must be durable when it returns. Of callers who meet at the limit
    /// never more than the limit are granted; all of them may be refused. A refusal leaves nothing behind.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="limit">How many of this kind may be made for this id in the window; null for any number.</param>
    /// <param name="window">A call that was made exactly this long ago, or longer, does not count any more.</param>
    /// <param name="cancellationToken">Gives up before the call is recorded, never half-way.</param>
    Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken = default);

    /// <summary>The calls of one kind for these ids that were made at a time or later, in any order. Nobody hands in more than some hundred ids.</summary>
    Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Removes what was made before a time, all of it or a part. Returns how many; 0 when none is left.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default);
}

/// <summary>One call to Meta, or what was begun to make some.</summary>
public sealed record MetaCall
{
    /// <summary>What was called: a stable word of at most 64 characters, such as <c>register</c>, <c>unsubscribe</c> or <c>start</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is counted for: Meta's id of the number or WABA, digits; or a hash of the account or link, 32 hexadecimal characters.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
