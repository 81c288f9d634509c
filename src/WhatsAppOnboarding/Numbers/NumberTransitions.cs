using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Every way in which a number that was connected (<see cref="ConnectTransitions"/>) changes: nothing else sets its state, its token or why it went. All are pure and may be applied twice.</summary>
internal static class NumberTransitions
{
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
            RegistrationDecision.Registered => fresh.WithoutRegistration() with { Evidence = fresh.Evidence with { RegisteredAt = fresh.Evidence.RegisteredAt ?? now } },
            RegistrationDecision.OnBusinessApp => fresh.WithoutRegistration(),
            RegistrationDecision.Register when fresh.IsOpen(StepNames.Verify) => fresh.ReadyToRegister(now),
            RegistrationDecision.CodeNeeded when !fresh.IsOpen(StepNames.Verify) => fresh.NeedsCode(now),
            _ => fresh,
        };
    }

    /// <summary>The app was subscribed to its WABA with the account's token.</summary>
    public static PhoneNumber Subscribed(this PhoneNumber number, DateTimeOffset at) =>
        number.WithoutOpenStep(StepNames.Subscribe).WithoutCheck() with { Evidence = number.Evidence with { SubscribedAt = at } };

    /// <summary>Meta showed the number to its token, or refused to.</summary>
    public static PhoneNumber Answered(this PhoneNumber number, bool isShown, DateTimeOffset at) =>
        number.WithoutCheck() with { Evidence = isShown ? number.Evidence with { ListedAt = at } : number.Evidence with { RefusedAt = at } };

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
            OpenSteps =
            [
                .. number.RegistrationRefused(),
                .. tokenKeptUntil is null ? [] : (OpenStep[])[new OpenStep { Step = StepNames.Unsubscribe, Code = ErrorCodes.Pending, Since = at }],
            ],
            Findings = number.WithoutCheck().Findings,
            DisconnectedAt = at,
            DisconnectReason = reason,
            DisconnectInitiator = initiator,
        };

    /// <summary>The token of a disconnected number has done its last service.</summary>
    public static PhoneNumber WithoutToken(this PhoneNumber number) =>
        number.WithoutOpenStep(StepNames.Unsubscribe) with { Token = null, TokenKeptUntil = null, GrantedBy = null };

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
    private static PhoneNumber WithoutCheck(this PhoneNumber number) => number.Findings.Any(finding => finding.Code == Finding.Check)
        ? number with { Findings = [.. number.Findings.Where(finding => finding.Code != Finding.Check)] }
        : number;
}
