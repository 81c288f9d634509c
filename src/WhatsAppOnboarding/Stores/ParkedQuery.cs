namespace WhatsAppOnboarding.Stores;

/// <summary>Which parked webhook items: those of which everything holds that is set; all of them when nothing is.</summary>
public sealed record ParkedQuery
{
    /// <summary>Of this account.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>With this key: one item, or one of each account that received it.</summary>
    public string? ItemKey { get; init; }

    /// <summary>That failed first at this time or later; they arrived then or earlier.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>That failed last for this reason: the exception's type, such as <c>IOException</c>, or the type and how its text begins. Whether case counts is the database's affair.</summary>
    public string? Reason { get; init; }

    /// <summary>In which this handler failed last.</summary>
    public string? Handler { get; init; }

    /// <summary>What <see cref="LedgerRecord.Reason"/> begins with; null when it does not matter.</summary>
    public string? ReasonBeginning => Reason is null || Reason.Contains(':', StringComparison.Ordinal) ? Reason : Reason + ":";
}

/// <summary>What is parked for one reason in one handler.</summary>
public sealed record ParkedGroup
{
    /// <summary>The exception's type: what <see cref="LedgerRecord.Reason"/> has before its first colon.</summary>
    public required string Reason { get; init; }

    /// <summary>The handler that failed last.</summary>
    public required string Handler { get; init; }

    /// <summary>How many items.</summary>
    public required int Count { get; init; }

    /// <summary>When the first of them failed first.</summary>
    public required DateTimeOffset OldestAt { get; init; }
}

/// <summary>What came of a replay or a discard of parked items.</summary>
public sealed record ParkedResult
{
    /// <summary>How many are parked no longer: every handler has finished them, or they were given up.</summary>
    public required int Unparked { get; init; }

    /// <summary>How many failed again, and stay parked with the new reason.</summary>
    public required int FailedAgain { get; init; }

    /// <summary>
    /// How many of those that were asked for are parked at the end: what failed again for a reason that was asked for, what was not reached before it was cancelled, what somebody
    /// else replays just now, and the rest of an account in which handlers hang.
    /// </summary>
    public required int Left { get; init; }
}
