using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a grant changes in an account: pure, and harmless when it is applied twice.</summary>
internal sealed record GrantChange(ListedGrant Listed, Guid Generation, IReadOnlyDictionary<PhoneNumberId, SealedToken> Tokens)
{
    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        // The commit that this change is repeated for went through after all.
        if (account.Numbers.Any(number => number.Generation == Generation))
            return [];

        var granted = Listed.Numbers.Select((pair, order) => Connect(account, pair.Waba, pair.Number, order)).ToArray();
        var others = account.Numbers.Where(number => !Tokens.ContainsKey(number.PhoneNumberId));
        return [.. granted, .. others.Select(Leave).OfType<PhoneNumber>()];
    }

    private PhoneNumber Connect(AccountPhoneNumbers account, ListedWaba waba, NumberFacts listed, int order)
    {
        var earlier = account.Find(listed.Id);
        var subscribed = waba.Subscription is { Succeeded: true }
            ? Listed.ConnectedAt
            : earlier is { IsHeld: true } && earlier.WabaId == waba.Id ? earlier.Evidence.SubscribedAt : null;
        return new PhoneNumber
        {
            AccountId = account.Reference.AccountId,
            PhoneNumberId = listed.Id,
            WabaId = waba.Id,
            State = NumberState.Active,
            Generation = Generation,
            ConnectSequence = account.Reference.ConnectSequence + 1,
            GrantOrder = order,
            Token = Tokens[listed.Id],
            TokenExpiresAt = Listed.Grant.ExpiresAt,
            GrantedBy = Listed.Grant.GrantedBy,
            DisplayPhone = listed.DisplayPhoneNumber,
            VerifiedName = listed.VerifiedName,
            QualityRating = listed.QualityRating,
            Status = listed.Status,
            CodeVerificationStatus = listed.CodeVerificationStatus,
            PlatformType = listed.PlatformType,
            IsOnBizApp = listed.IsOnBizApp,
            Evidence = new NumberEvidence(
                Listed.Grant.InspectedAt, Listed.ListedAt, subscribed, RegistrationDecisions.Of(listed) is RegistrationDecision.Registered ? Listed.ListedAt : null),
            OpenSteps =
            [
                .. waba.Subscription?.LeftOpen(Listed.ConnectedAt) ?? [],
                .. SyncsLeftOpen(earlier),
                .. RegistrationLeftOpen(earlier, listed),
            ],
            Pins = earlier?.Pins ?? [],
            Syncs = earlier is { IsHeld: true } ? earlier.Syncs : [],
            Running = earlier?.Running,
            Findings = Listed.Grant.Findings,
            Notices = NoticesKept(earlier, waba),
            CreatedAt = earlier?.CreatedAt ?? Listed.ConnectedAt,
            ConnectedAt = Listed.ConnectedAt,
        };
    }

    /// <summary>
    /// The grant proves access, so nothing holds the number back any more. What Meta said of a WABA counts as long as the number was held there; of its PIN,
    /// as long as that is kept.
    /// </summary>
    private static IReadOnlyList<MetaNotice> NoticesKept(PhoneNumber? earlier, ListedWaba waba) => earlier is null
        ? []
        : [.. earlier.Notices.Where(notice => notice.Kind is NoticeKinds.Pin
            || (earlier.IsHeld && earlier.WabaId == waba.Id && notice.Kind is not (NoticeKinds.Access or NoticeKinds.Pause)))];

    /// <summary>What nobody knows the end of stays open, for it is never asked for again.</summary>
    private static IEnumerable<OpenStep> SyncsLeftOpen(PhoneNumber? earlier) => earlier is { IsHeld: true }
        ? earlier.OpenSteps.Where(open => earlier.Syncs.Any(sync => sync.Step == open.Step && sync.RequestId is null))
        : [];

    /// <summary>
    /// A number that asked for its own PIN still does, for each guess counts at Meta, which locks it after a few; and what Meta does not say closes nothing.
    /// </summary>
    private IEnumerable<OpenStep> RegistrationLeftOpen(PhoneNumber? earlier, NumberFacts listed) => earlier is not { IsHeld: true }
        ? []
        : RegistrationDecisions.Of(listed, Listed.SaysCoexistence) switch
        {
            RegistrationDecision.Register => earlier.OpenSteps.Where(open => open is { Step: StepNames.Register, Code: ErrorCodes.PinNeeded }),
            RegistrationDecision.Unknown when !listed.PlatformType.IsKnown => earlier.OpenSteps
                .Where(open => open.Step is StepNames.Register or StepNames.Verify)
                .Select(open => open.Code is ErrorCodes.Pending ? open with { Code = ErrorCodes.RegistrationUnknown } : open),
            _ => [],
        };

    /// <summary>What becomes of a number that the grant did not show; null when nothing does.</summary>
    private PhoneNumber? Leave(PhoneNumber number)
    {
        var wabaShown = Listed.WabaIds.Contains(number.WabaId);
        return number switch
        {
            // It was connected after this listing, which cannot know of it; neither may who chose from it.
            { IsHeld: true } when wabaShown && number.ConnectedAt > Listed.ListedAt => null,

            // The WABA was listed whole, and the number was not in it or is not wanted any more.
            { IsHeld: true } when wabaShown => number with
            {
                State = NumberState.Inactive,
                Token = null,
                GrantedBy = null,
                OpenSteps = [],
                DisconnectedAt = Listed.ConnectedAt,
                DisconnectReason = IsShown(number) ? DisconnectReasons.NotChosen : DisconnectReasons.GoneAtMeta,
            },

            // The grant did not show the WABA, which says nothing about the older token.
            { IsHeld: true } when number.Findings.All(finding => finding.Code != FindingCodes.Check) => number with
            {
                Findings = [.. number.Findings, new Finding(FindingCodes.Check, Listed.ConnectedAt)],
            },

            // It kept its token to leave a WABA that is in use again.
            { IsHeld: false, Token: not null } when Listed.Numbers.Any(pair => pair.Waba.Id == number.WabaId) => number.WithoutToken(),
            _ => null,
        };
    }

    private bool IsShown(PhoneNumber number) => Listed.Shown.Any(pair => pair.Number.Id == number.PhoneNumberId);
}
