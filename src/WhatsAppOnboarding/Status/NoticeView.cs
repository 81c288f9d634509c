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

    /// <summary>What it means, in a sentence or two of the library's.</summary>
    public required string Message { get; init; }

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
    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

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
