using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>How a number is connected, for the first time or again. Pure, and may be applied twice.</summary>
internal static class ConnectTransitions
{
    /// <summary>
    /// The number as a grant connects it, for the first time or again. The grant proves access, so nothing holds it back any more; what is asked of the app
    /// once, its PINs, what Meta refused and what runs right now outlive it.
    /// </summary>
    public static PhoneNumber Connected(this AccountPhoneNumbers account, GrantedNumber granted)
    {
        var facts = granted.Facts;
        var earlier = account.Find(facts.Id);
        var held = earlier is { IsHeld: true } ? earlier : null;
        var known = held?.WabaId == granted.WabaId ? held : null;
        return new PhoneNumber
        {
            AccountId = account.Reference.AccountId,
            PhoneNumberId = facts.Id,
            WabaId = granted.WabaId,
            State = NumberState.Active,
            Generation = granted.Generation,
            ConnectSequence = account.Reference.ConnectSequence + 1,
            GrantOrder = granted.Order,
            Token = granted.Token,
            TokenExpiresAt = granted.TokenExpiresAt,
            GrantedBy = granted.GrantedBy,
            Evidence = new NumberEvidence
            {
                TokenInspectedAt = granted.InspectedAt,
                ListedAt = granted.ListedAt,
                SubscribedAt = granted.SubscribedAt ?? known?.Evidence.SubscribedAt,
                RegisteredAt = RegistrationDecisions.Of(facts) is RegistrationDecision.Registered ? granted.ListedAt : null,
            },
            OpenSteps =
            [
                .. granted.OpenSteps,
                .. held?.SyncsLeftOpen(facts) ?? [],
                .. earlier?.RegistrationLeftOpen(facts, granted.SaysCoexistence, granted.ConnectedAt) ?? [],
            ],
            Pins = earlier?.Pins ?? [],
            Syncs = held?.Syncs ?? [],
            Running = earlier?.Running,
            Findings = [.. granted.Findings, .. known?.Findings.Where(finding => finding.Code == Finding.NotLive) ?? []],
            Notices = [.. earlier?.Notices.Where(notice => earlier.Keeps(notice, granted.WabaId)) ?? []],
            CreatedAt = earlier?.CreatedAt ?? granted.ConnectedAt,
            ConnectedAt = granted.ConnectedAt,
        }.Knowing(known, facts).Refreshed(facts).InMode(facts.AccountMode, granted.ListedAt);
    }

    /// <summary>
    /// With what Meta said before, for a listing may leave something out: a plain no stays one until Meta says otherwise. But a registration rests on fresh words
    /// alone, so that what would allow one is not kept, nor a good word of <c>status</c> against the newer one that the number is registered nowhere.
    /// </summary>
    private static PhoneNumber Knowing(this PhoneNumber number, PhoneNumber? known, NumberFacts fresh) => known is null ? number : number with
    {
        DisplayPhone = known.DisplayPhone,
        VerifiedName = known.VerifiedName,
        QualityRating = known.QualityRating,
        NameStatus = known.NameStatus,
        Status = fresh.PlatformType == PlatformType.NotApplicable && !NumberStandings.IsBeyondRegistering(known.Status) ? default : known.Status,
        CodeVerificationStatus = known.CodeVerificationStatus == CodeVerificationStatus.Verified ? default : known.CodeVerificationStatus,
        PlatformType = known.PlatformType == PlatformType.NotApplicable ? default : known.PlatformType,
        IsOnBizApp = known.IsOnBizApp is true ? true : null,
    };

    /// <summary>What Meta said of a WABA counts as long as the number was held there; of its PIN, as long as that is kept.</summary>
    private static bool Keeps(this PhoneNumber earlier, MetaNotice notice, WabaId waba) =>
        notice.Kind is MetaNotice.PinKind || (earlier.IsHeld && earlier.WabaId == waba && notice.Kind is not (MetaNotice.AccessKind or MetaNotice.PauseKind));

    /// <summary>
    /// What nobody knows the end of stays open, because it is never asked for again; so does what Meta refused, which waits for the person's order as long as the
    /// number is in the app.
    /// </summary>
    private static IEnumerable<OpenStep> SyncsLeftOpen(this PhoneNumber held, NumberFacts facts) => held.OpenSteps.Where(open =>
        held.Syncs.Any(sync => sync.Step == open.Step && sync.RequestId is null)
        || (StepTable.Find(open.Step) is { IsTakenOnce: true } && open.Code is not (ErrorCodes.Pending or ErrorCodes.SyncOver) && facts.IsOnBizApp is not false));
}

/// <summary>One number as a grant proved it, ready to be connected.</summary>
internal sealed record GrantedNumber
{
    public required NumberFacts Facts { get; init; }

    public required WabaId WabaId { get; init; }

    /// <summary>Its place in Meta's order of the grant, from 0.</summary>
    public required int Order { get; init; }

    public required Guid Generation { get; init; }

    public required SealedSecret Token { get; init; }

    public DateTimeOffset? TokenExpiresAt { get; init; }

    public string? GrantedBy { get; init; }

    public required DateTimeOffset InspectedAt { get; init; }

    public required DateTimeOffset ListedAt { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When the app was subscribed to the WABA by this grant; null when it was not.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Whether how the signup ended says that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>What the subscription left to be done.</summary>
    public IReadOnlyList<OpenStep> OpenSteps { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
