namespace WhatsAppOnboarding.Stores;

/// <summary>
/// One business phone number as one account holds it: the authority for account link, WABA, token, state and quality.
/// Its key is (<see cref="AccountId"/>, <see cref="PhoneNumberId"/>); two accounts may each hold the same number.
/// </summary>
public sealed record PhoneNumber
{
    /// <summary>The account that connected the number.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The number's id at Meta.</summary>
    public required PhoneNumberId PhoneNumberId { get; init; }

    /// <summary>The WABA that the number belonged to when it was last listed.</summary>
    public required WabaId WabaId { get; init; }

    /// <summary>Whether the account may use the number.</summary>
    public required NumberState State { get; init; }

    /// <summary>Random, new at every connect. A result of older work applies only to the generation it began with.</summary>
    public required Guid Generation { get; init; }

    /// <summary>The account's counter at the number's last connect; the highest is the most recent.</summary>
    public required long ConnectSequence { get; init; }

    /// <summary>The number's place in Meta's order of that grant, from 0.</summary>
    public required int GrantOrder { get; init; }

    /// <summary>The token, sealed for this account and number; null once it is wiped.</summary>
    public SealedSecret? Token { get; init; }

    /// <summary>When the token ends, as Meta said at the last inspection; null means never, or not said.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Set when a disconnected number keeps its token only to unsubscribe the app: after this time it must not be used.</summary>
    public DateTimeOffset? TokenKeptUntil { get; init; }

    /// <summary>A keyed hash of the Facebook user whose user token this is; null for system-user tokens, and once the number is no longer held.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>The telephone number as Meta displays it. Text from outside: encode it where it is shown.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary>The name customers see, as verified by Meta. Text from outside: encode it where it is shown.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>Quality as last listed.</summary>
    public QualityRating QualityRating { get; init; }

    /// <summary>State at Meta as last listed.</summary>
    public NumberStatus Status { get; init; }

    /// <summary>Ownership proof at Meta as last listed.</summary>
    public CodeVerificationStatus CodeVerificationStatus { get; init; }

    /// <summary>Where the number lives at Meta as last listed.</summary>
    public PlatformType PlatformType { get; init; }

    /// <summary>What became of the review of the name that customers see, in Meta's word such as <c>DECLINED</c>, as last listed; null when Meta did not say.</summary>
    public string? NameStatus { get; init; }

    /// <summary>The name that was asked for instead of <see cref="VerifiedName"/>, as last listed; null when there is none. Text from outside: encode it where it is shown.</summary>
    public string? NewDisplayName { get; init; }

    /// <summary>What became of the review of <see cref="NewDisplayName"/>, in Meta's word such as <c>PENDING_REVIEW</c>, as last listed; null when Meta did not say.</summary>
    public string? NewNameStatus { get; init; }

    /// <summary>Whether the number stays in the WhatsApp Business app (coexistence); null when Meta did not say.</summary>
    public bool? IsOnBizApp { get; init; }

    /// <summary>What was proved with this account's own token, and when.</summary>
    public NumberEvidence Evidence { get; init; } = new();

    /// <summary>
    /// What is still to be done at Meta, each with its reason. Of a number that is not held: that the app must be unsubscribed, and which registration Meta
    /// refused, so that the next connect does not repeat it by itself.
    /// </summary>
    public IReadOnlyList<OpenStep> OpenSteps { get; init; } = [];

    /// <summary>
    /// The PINs with which the number was registered or may have been, newest first: more than one only while it is not known which one Meta took.
    /// They outlive a disconnect.
    /// </summary>
    public IReadOnlyList<RegistrationPin> Pins { get; init; } = [];

    /// <summary>What was asked for of the WhatsApp Business app, for as long as the number stays held.</summary>
    public IReadOnlyList<NumberSync> Syncs { get; init; } = [];

    /// <summary>The step that is being done right now, or was broken off; null when none is.</summary>
    public RunningStep? Running { get; init; }

    /// <summary>What was noticed and does not stop anything.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>When the account first connected the number.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the account last connected the number.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When the number became inactive; null while it is not.</summary>
    public DateTimeOffset? DisconnectedAt { get; init; }

    /// <summary>Why the number became inactive: one of <see cref="DisconnectReasons"/>.</summary>
    public string? DisconnectReason { get; init; }

    /// <summary>Who made it inactive, as Meta said it, such as <c>USER</c> or <c>SYSTEM</c>; null when it was not Meta or Meta did not say.</summary>
    public string? DisconnectInitiator { get; init; }

    /// <summary>What Meta said of the number or its WABA: the newest of each kind.</summary>
    public IReadOnlyList<MetaNotice> Notices { get; init; } = [];

    /// <summary>Whether another account held the number, too, when that was last looked up.</summary>
    public bool IsShared { get; init; }

    /// <summary>The codes of what keeps the number from being used, or soon will, as the host was told them: what is added or goes is an account event.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>
    /// Since when the number stands as a backup that was restored had it, and Meta has not proved it since: nothing is sent with it, delivered of it or repaired until then. Null
    /// otherwise.
    /// </summary>
    public DateTimeOffset? UnprovedSince { get; init; }

    /// <summary>Whether the account holds the number: active, or paused, which counts as active.</summary>
    public bool IsHeld => State is not NumberState.Inactive;

    /// <summary>Whether the number keeps a token whose time (<see cref="TokenKeptUntil"/>) is over.</summary>
    public bool IsOverdue(DateTimeOffset now) => Token is not null && TokenKeptUntil <= now;

    /// <summary>Whether Meta has yet to say whether what a restored backup says of it is so; not after a plain no, for then the account connects again.</summary>
    internal bool AwaitsProof => UnprovedSince is { } since && !(Evidence.IsRefused && Evidence.RefusedAt >= since) && Findings.All(finding => finding.Code is not Finding.NumberMoved);

    /// <summary>The newest notice of a kind, or null.</summary>
    internal MetaNotice? Notice(string kind) => Notices.FirstOrDefault(notice => notice.Kind == kind);

    /// <summary>Whether Meta has told since that somebody else dealt with the number's PIN. Meta's times are whole seconds.</summary>
    internal bool IsOutdated(RegistrationPin pin) => Notice(MetaNotice.PinKind) is { } notice && notice.At > (pin.ConfirmedAt ?? pin.StoredAt).AddSeconds(-1);

    /// <summary>Meta's code that asks for a verification before it registers.</summary>
    internal const int AsksForCode = 133006;

    /// <summary>Whether a registration of a number that Meta calls verified was refused because it is not.</summary>
    internal bool IsAskedForCode => OpenSteps.Any(open => open is { Step: StepNames.Verify, MetaCode: AsksForCode });

    /// <summary>Whether that step is open.</summary>
    internal bool IsOpen(string step) => OpenSteps.Any(open => open.Step == step);
}
