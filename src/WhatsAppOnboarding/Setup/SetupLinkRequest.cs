namespace WhatsAppOnboarding;

/// <summary>A link to be made.</summary>
public sealed record SetupLinkRequest
{
    /// <summary><see cref="SetupLink.ForSetup"/>, the default, or <see cref="SetupLink.ForReconnect"/>.</summary>
    public string Kind { get; init; } = SetupLink.ForSetup;

    /// <summary>How long it can be used. Default 7 days; 10 minutes to 30 days.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>In which language its page speaks: <c>en</c>, <c>es</c> or <c>pt</c>. Default null: that of the visitor's browser.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The number that must be granted, so that nobody connects another one by mistake: a telephone number as a person writes it, or a number's id at Meta. Of a
    /// <see cref="SetupLink.ForReconnect"/> it is required, the account must know it, and it is the only one that is connected. Default null: any.
    /// </summary>
    public string? ExpectedNumber { get; init; }

    /// <summary>Where the page leads to once it is done: a path of the host, or an https address whose origin is one of <see cref="SetupLinkOptions.AllowedReturnOrigins"/>. Default null: nowhere.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>Whom it is for, as the host names the person: for the list and the record, never on the page. At most 200 characters.</summary>
    public string? Label { get; init; }

    /// <summary>Who makes it, as the host names the person: for the record. At most 200 characters.</summary>
    public string? Creator { get; init; }
}
