namespace WhatsAppOnboarding.Stores;

/// <summary>What is known of one item of one account.</summary>
public sealed record LedgerRecord
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The item's key.</summary>
    public required string ItemKey { get; init; }

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

    /// <summary>When anything of it was written last; while a parked item is being replayed, until when it is in the hands of whoever does that.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>How often it was written; 0 while nothing is stored. A store saves only over the version that it read.</summary>
    public long Version { get; init; }

    /// <summary>Whether it is parked.</summary>
    public bool IsParked => ParkedAt is not null;

    /// <summary>What is known of an item that is new.</summary>
    public static LedgerRecord New(AccountId account, string itemKey, DateTimeOffset at) => new() { AccountId = account, ItemKey = itemKey, TouchedAt = at };

    /// <summary>Whether somebody replays it just now.</summary>
    public bool IsTaken(DateTimeOffset now) => IsParked && TouchedAt > now;

    /// <summary>The parked record after somebody took it for a replay: nobody else takes it before that time, unless it fails or its parking ends.</summary>
    public LedgerRecord WithTaken(DateTimeOffset until) => this with { TouchedAt = until, Version = Version + 1 };

    /// <summary>The record after a handler finished; the same when it had. One that is taken for a replay stays so.</summary>
    public LedgerRecord WithFinished(string handler, DateTimeOffset at) =>
        Finished.Contains(handler) ? this : this with { Finished = [.. Finished, handler], TouchedAt = IsTaken(at) ? TouchedAt : at, Version = Version + 1 };

    /// <summary>
    /// The record after a failure; parked when a limit is reached. One that is parked already only takes the new reason, and the same when that handler
    /// has finished.
    /// </summary>
    public LedgerRecord WithFailure(LedgerFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (Finished.Contains(failure.Handler))
            return this;
        var failed = this with
        {
            Failures = Failures + 1,
            FirstFailedAt = FirstFailedAt ?? failure.At,
            FailedHandler = failure.Handler,
            Reason = failure.Reason,
            TouchedAt = failure.At,
            Version = Version + 1,
        };
        var parks = IsParked || failed.Failures >= failure.ParkAfterFailures || failure.At - failed.FirstFailedAt >= failure.ParkAfter;
        return parks ? failed with { ParkedAt = ParkedAt ?? failure.At, Payload = Payload ?? failure.Payload } : failed;
    }

    /// <summary>The record after its parking has ended; the same when it is not parked.</summary>
    public LedgerRecord WithoutParking(IEnumerable<string> finished, DateTimeOffset at) => IsParked
        ? this with { Finished = [.. Finished.Union(finished)], ParkedAt = null, Payload = null, TouchedAt = at, Version = Version + 1 }
        : this;

    /// <summary>The item and the account; never what was sent.</summary>
    public override string ToString() => $"{ItemKey} of {AccountId}";
}
