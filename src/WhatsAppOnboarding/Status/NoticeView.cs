namespace WhatsAppOnboarding;

/// <summary>Something that Meta said by itself, as the status gives it: a <see cref="MetaNotice"/> and what it means. Text from outside: encode it.</summary>
public sealed record NoticeView
{
    /// <summary>What it is about, such as <see cref="MetaNotice.BanKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Meta's word for it, such as <c>DISABLED_UPDATE</c>.</summary>
    public required string Event { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next; Meta's own advice is in <see cref="Remediation"/>.</summary>
    public required string Action { get; init; }

    /// <inheritdoc cref="MetaNotice.StopsSending"/>
    public bool StopsSending { get; init; }

    /// <inheritdoc cref="MetaNotice.Undone"/>
    public bool Undone { get; init; }

    /// <inheritdoc cref="MetaNotice.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="MetaNotice.Initiator"/>
    public string? Initiator { get; init; }

    /// <inheritdoc cref="MetaNotice.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="MetaNotice.Remediation"/>
    public string? Remediation { get; init; }

    /// <inheritdoc cref="MetaNotice.Restrictions"/>
    public IReadOnlyList<RestrictionView> Restrictions { get; init; } = [];

    /// <inheritdoc cref="MetaNotice.EndsAt"/>
    public DateTimeOffset? EndsAt { get; init; }

    /// <inheritdoc cref="MetaNotice.BanDate"/>
    public string? BanDate { get; init; }

    /// <inheritdoc cref="MetaNotice.Limit"/>
    public string? Limit { get; init; }

    /// <inheritdoc cref="MetaNotice.MaxNumbersPerBusiness"/>
    public int? MaxNumbersPerBusiness { get; init; }

    /// <inheritdoc cref="MetaNotice.MaxNumbersPerWaba"/>
    public int? MaxNumbersPerWaba { get; init; }

    /// <inheritdoc cref="MetaNotice.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="MetaNotice.AlertStatus"/>
    public string? AlertStatus { get; init; }
}

/// <summary>Something that a WABA may not do, and what that means.</summary>
public sealed record RestrictionView
{
    /// <inheritdoc cref="AccountRestriction.Type"/>
    public string? Type { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next.</summary>
    public required string Action { get; init; }

    /// <inheritdoc cref="AccountRestriction.EndsAt"/>
    public DateTimeOffset? EndsAt { get; init; }

    /// <inheritdoc cref="AccountRestriction.Remediation"/>
    public string? Remediation { get; init; }
}
