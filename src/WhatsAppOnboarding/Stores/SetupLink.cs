namespace WhatsAppOnboarding;

/// <summary>
/// A link, for setup or for reconnect, by which a person without a login in the host's service connects WhatsApp for an account: made by <see cref="IWhatsAppSetup.CreateLinkAsync"/>, for one connect, in the
/// browser that presses its button first.
/// </summary>
public sealed record SetupLink
{
    /// <summary>The <see cref="Kind"/> that connects numbers.</summary>
    public const string ForSetup = "setup";

    /// <summary>The <see cref="Kind"/> that connects <see cref="ExpectedNumber"/> and no other number.</summary>
    public const string ForReconnect = "reconnect";

    /// <summary>The <see cref="State"/> before anybody pressed its button.</summary>
    public const string Open = "open";

    /// <summary>The <see cref="State"/> once a browser pressed its button: no other one can use it any more, this one until something is connected.</summary>
    public const string Pressed = "pressed";

    /// <summary>The <see cref="State"/> once it has connected something: it does nothing any more.</summary>
    public const string Used = "used";

    /// <summary>The <see cref="State"/> once it was taken back.</summary>
    public const string Revoked = "revoked";

    /// <summary>The <see cref="State"/> after <see cref="ExpiresAt"/>, if it was neither used nor taken back.</summary>
    public const string Expired = "expired";

    /// <summary>Its id: not the secret in its address.</summary>
    public required Guid Id { get; init; }

    /// <summary><see cref="ForSetup"/> or <see cref="ForReconnect"/>.</summary>
    public required string Kind { get; init; }

    /// <summary><see cref="Open"/>, <see cref="Pressed"/>, <see cref="Used"/>, <see cref="Revoked"/> or <see cref="Expired"/>, when it was read.</summary>
    public string State { get; init; } = Open;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it can be used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>In which language its page speaks: <c>en</c>, <c>es</c> or <c>pt</c>; null for that of the visitor's browser.</summary>
    public string? Language { get; init; }

    /// <summary>The number that must be granted, as the page shows it; null for any.</summary>
    public string? ExpectedNumber { get; init; }

    /// <summary>Where the page leads to once it is done: a path of the host, or an address of a listed origin; null for nowhere.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>Whom it is for, as the host names the person; null when it did not say.</summary>
    public string? Label { get; init; }

    /// <summary>Who made it, as the host names the person; null when it did not say.</summary>
    public string? Creator { get; init; }

    /// <summary>When its button was first pressed; null before.</summary>
    public DateTimeOffset? PressedAt { get; init; }

    /// <summary>The last attempt that it claimed, to look up what was connected; null before.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>When it connected something; null before.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>When it was taken back; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who took it back, as the host names the person; null when it did not say, or nobody did.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>The address to hand to the person. Known only to what <see cref="IWhatsAppSetup.CreateLinkAsync"/> returns, for it is kept nowhere; null on every other. Who has it can use the link: keep it out of logs.</summary>
    public Uri? RevealUrl() => Url is null ? null : new Uri(Url);

    /// <summary>The kind and the id; never the address.</summary>
    public override string ToString() => $"{Kind} link {Id}";

    internal string? Url { private get; init; }
}
