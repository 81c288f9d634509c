using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Every way in which a number changes: nothing else sets its state, its token or why it went. All are pure and may be applied twice.</summary>
internal static class NumberTransitions
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
            }.Kept(known?.Evidence),
            IsShared = held?.IsShared ?? false,
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

    /// <summary>The number with what Meta says of it now; what Meta does not say stays as it was.</summary>
    public static PhoneNumber Refreshed(this PhoneNumber number, NumberFacts facts) => number with
    {
        DisplayPhone = Said(facts.DisplayPhoneNumber) ?? number.DisplayPhone,
        VerifiedName = Said(facts.VerifiedName) ?? number.VerifiedName,
        QualityRating = facts.QualityRating.IsKnown ? facts.QualityRating : number.QualityRating,
        Status = facts.Status.IsKnown ? facts.Status : number.Status,
        CodeVerificationStatus = facts.CodeVerificationStatus.IsKnown ? facts.CodeVerificationStatus : number.CodeVerificationStatus,
        PlatformType = facts.PlatformType.IsKnown ? facts.PlatformType : number.PlatformType,
        NameStatus = OpenEnum.Clean(facts.NameStatus) ?? number.NameStatus,

        // Meta leaves out what there is not: where it speaks of the name and of no other one, none is asked for any more.
        NewDisplayName = facts.NameStatus is null ? number.NewDisplayName : Said(facts.NewDisplayName),
        NewNameStatus = facts.NameStatus is null ? number.NewNameStatus : OpenEnum.Clean(facts.NewNameStatus),
        IsOnBizApp = facts.IsOnBizApp ?? number.IsOnBizApp,
    };

    /// <summary>An empty text says nothing, as one that is left out.</summary>
    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary>As <see cref="Refreshed(PhoneNumber, NumberFacts)"/>, with what follows from it for steps that are open.</summary>
    public static PhoneNumber Refreshed(this PhoneNumber number, NumberFacts facts, RegistrationDecision decision, DateTimeOffset now)
    {
        var fresh = number.Refreshed(facts).InMode(facts.AccountMode, now).WithoutCheck();

        // That it is registered nowhere is Meta's newest word; what was proved before it is over.
        if (facts.PlatformType == PlatformType.NotApplicable && facts.Status.IsKnown && facts.Status != NumberStatus.Connected)
            fresh = fresh with { Evidence = fresh.Evidence with { RegisteredAt = null } };
        return decision switch
        {
            RegistrationDecision.Registered when fresh.Evidence.RegisteredAt is null => fresh.WithoutRegistration().RegisteredSince(now),
            RegistrationDecision.Registered => fresh.WithoutRegistration(),
            RegistrationDecision.OnBusinessApp => fresh.WithoutRegistration(),
            RegistrationDecision.Register when fresh.IsOpen(StepNames.Verify) => fresh.ReadyToRegister(now),
            RegistrationDecision.CodeNeeded when !fresh.IsOpen(StepNames.Verify) => fresh.NeedsCode(now),
            _ => fresh,
        };
    }

    /// <summary>A held number is no longer held. This is the only way there.</summary>
    /// <param name="number">The number.</param>
    /// <param name="reason">One of <see cref="DisconnectReasons"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="initiator">Who caused it, if Meta said.</param>
    /// <param name="tokenKeptUntil">Until when the token is kept to unsubscribe the app, which is then the one step that is open; null wipes it at once.</param>
    public static PhoneNumber Disconnected(
        this PhoneNumber number, string reason, DateTimeOffset at, string? initiator = null, DateTimeOffset? tokenKeptUntil = null) => number with
        {
            State = NumberState.Inactive,
            Token = tokenKeptUntil is null ? null : number.Token,
            TokenKeptUntil = tokenKeptUntil,
            GrantedBy = null,

            // When it was to be looked at next says nothing of when the app leaves.
            Evidence = number.Evidence with { NextCheckAt = null, CheckFailures = 0 },
            OpenSteps =
            [
                .. number.RegistrationRefused(),
                .. tokenKeptUntil is null ? [] : (OpenStep[])[new OpenStep { Step = StepNames.Unsubscribe, Code = ErrorCodes.Pending, Since = at }],
            ],
            Findings = number.WithoutCheck().Findings,
            UnprovedSince = null,
            DisconnectedAt = at,
            DisconnectReason = reason,
            DisconnectInitiator = initiator,
        };

    /// <summary>Nothing is known any more of the person whose token it is.</summary>
    public static PhoneNumber WithoutGrantor(this PhoneNumber number) => number with { GrantedBy = null };

    /// <summary>
    /// Meta said something, which replaces what it said of that kind before. A held number is paused as long as some notice stops its sending; only the end of
    /// such a stop makes it active again.
    /// </summary>
    public static PhoneNumber WithNotice(this PhoneNumber number, MetaNotice notice)
    {
        MetaNotice[] notices = [.. number.Notices.Where(other => other.Kind != notice.Kind), notice];
        var state = !number.IsHeld ? number.State
            : notices.Any(other => other.StopsSending) ? NumberState.Paused
            : number.Notices.Any(other => other.StopsSending) ? NumberState.Active
            : number.State;
        return number with { Notices = notices, State = state };
    }

    /// <summary>Customers see that name from now on.</summary>
    public static PhoneNumber Named(this PhoneNumber number, string name) => number with { VerifiedName = name };

    /// <summary>The number with one step open; an earlier note of the same step is replaced.</summary>
    public static PhoneNumber WithOpenStep(this PhoneNumber number, OpenStep step) =>
        number with { OpenSteps = [.. number.OpenSteps.Where(open => open.Step != step.Step), step] };

    /// <inheritdoc cref="WithOpenStep(PhoneNumber, OpenStep)"/>
    public static PhoneNumber WithOpenStep(this PhoneNumber number, string step, string code, DateTimeOffset since) =>
        number.WithOpenStep(new OpenStep { Step = step, Code = code, Since = since });

    /// <summary>The number with that step no longer open.</summary>
    public static PhoneNumber WithoutOpenStep(this PhoneNumber number, string step) =>
        number with { OpenSteps = [.. number.OpenSteps.Where(open => open.Step != step)] };

    /// <summary>What a newer grant did not show: whether the older token still reaches it is not known.</summary>
    public static PhoneNumber WithFinding(this PhoneNumber number, Finding finding) => number with { Findings = [.. number.Findings, finding] };

    /// <summary>Whether Meta runs the number for real customers. It is kept as a finding, and what Meta does not say stays as it was.</summary>
    public static PhoneNumber InMode(this PhoneNumber number, string? mode, DateTimeOffset at)
    {
        var known = number.Findings.FirstOrDefault(finding => finding.Code == Finding.NotLive)?.Subject;
        if (OpenEnum.Clean(mode) is not { } said || said == known || (known is null && NumberStandings.IsLive(said)))
            return number;
        Finding[] others = [.. number.Findings.Where(finding => finding.Code != Finding.NotLive)];
        return number with { Findings = NumberStandings.IsLive(said) ? others : [.. others, new Finding { Code = Finding.NotLive, At = at, Subject = said }] };
    }

    /// <summary>Whether the token still reaches the number is known now, or does not matter any more.</summary>
    public static PhoneNumber WithoutCheck(this PhoneNumber number) => number.Findings.Any(finding => finding.Code is Finding.Check or ErrorCodes.TokenUnreadable or Finding.SharedProofStale)
        ? number with { Findings = [.. number.Findings.Where(finding => finding.Code is not (Finding.Check or ErrorCodes.TokenUnreadable or Finding.SharedProofStale))] }
        : number;

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
        NewDisplayName = known.NewDisplayName,
        NewNameStatus = known.NewNameStatus,
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
