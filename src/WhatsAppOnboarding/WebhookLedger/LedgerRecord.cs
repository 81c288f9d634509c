namespace WhatsAppOnboarding.WebhookLedger;

/// <summary>What is known of one item of one account.</summary>
public sealed record LedgerRecord
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The item's key.</summary>
    public required string Item { get; init; }

    /// <summary>The handlers that have finished it, by name.</summary>
    public IReadOnlyList<string> Finished { get; init; } = [];

    /// <summary>How often it failed.</summary>
    public int Failures { get; init; }

    /// <summary>When it failed first; null when it never did.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>The handler that failed last.</summary>
    public string? FailedHandler { get; init; }

    /// <summary>Why it failed last: the exception's type and text, at most 1,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it is parked; null when it is not.</summary>
    public DateTimeOffset? ParkedAt { get; init; }

    /// <summary>While it is parked: a delivery with this item alone, as JSON.</summary>
    public string? Payload { get; init; }

    /// <summary>When anything of it was written last.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>Whether it is parked.</summary>
    public bool IsParked => ParkedAt is not null;

    /// <summary>The record after a handler finished.</summary>
    public LedgerRecord WithFinished(string handler, DateTimeOffset at) =>
        this with { Finished = Finished.Contains(handler) ? Finished : [.. Finished, handler], TouchedAt = at };

    /// <summary>The record after a failure; parked when a limit is reached. One that is parked already only takes the new reason.</summary>
    public LedgerRecord WithFailure(LedgerFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var failed = this with
        {
            Failures = Failures + 1,
            FirstFailedAt = FirstFailedAt ?? failure.At,
            FailedHandler = failure.Handler,
            Reason = failure.Reason,
            TouchedAt = failure.At,
        };
        var parks = IsParked || failed.Failures >= failure.ParkAfterFailures || failure.At - failed.FirstFailedAt >= failure.ParkAfter;
        return parks ? failed with { ParkedAt = ParkedAt ?? failure.At, Payload = Payload ?? failure.Payload } : failed;
    }
}

/// <summary>That a handler failed on an item, and when that is enough.</summary>
/// <param name="Handler">Which handler.</param>
/// <param name="Reason">Why, at most 1,000 characters.</param>
/// <param name="At">When.</param>
/// <param name="Payload">A delivery with this item alone, to be kept if it is parked.</param>
/// <param name="ParkAfterFailures">After how many failures it is parked.</param>
/// <param name="ParkAfter">How long after the first failure it is parked.</param>
public sealed record LedgerFailure(string Handler, string Reason, DateTimeOffset At, string Payload, int ParkAfterFailures, TimeSpan ParkAfter);
