using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>
/// The one table of what can keep a held number from receiving or sending, or soon will: by what was proved, by Meta's words, and by what came in and failed. All
/// that says how a number stands reads it: status, events and upkeep. docs/numbers.md has it as a table.
/// </summary>
internal static class NumberReasons
{
    /// <summary>Meta's codes, of a failed message and of its health, for a payment that does not work.</summary>
    public const int PaymentFailed = 131042, PaymentMissing = 141006;

    /// <summary>The code by which it is kept that a message was refused because Meta did not show the number, which only a look at it can find out.</summary>
    public const int NotShown = 33;

    private const int Locked = 131031, NotRegistered = 133010, BadRegistration = 131045, NoAccess = 131005, NameNotApproved = 131037,
        SpamLimit = 131048, MessagingLimit = 131064, PolicyBlock = 368, BusinessUnverified = 141010, FirstOfCalls = 138000, LastOfCalls = 138999;

    private const string TokenEnded = "token_ended", AccountDisabled = "account_disabled", NotProved = "not_proved", QualityLow = "quality_low", NotRegisteredAtSend = ErrorCodes.NotRegistered + "_at_send",
        Banned = "status_banned", Restricted = "status_restricted";

    private static readonly string[] OfToken = [ErrorCodes.TokenInvalid, TokenEnded, ErrorCodes.TokenUnreadable];
    private static readonly string[] OfAccount = [AccountDisabled, Banned, Restricted];

    // Some conversations may be another responder's while others are answered here, and at night there are none of these.
    private static readonly TimeSpan OnlyCopies = TimeSpan.FromHours(24);

    /// <summary>A proof that upkeep could not renew in four rounds is old.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromHours(24);

    /// <summary>The stable codes of what must be done before Meta shows the number again, although the access to it is not lost.</summary>
    public static IReadOnlyList<string> Stops { get; } = [ErrorCodes.TwoFactorNeeded, ErrorCodes.FacebookCheck, ErrorCodes.AccountLocked, ErrorCodes.AccountBlocked];

    /// <summary>All reasons, the weightiest first: of several that say the same it is the first one that is named.</summary>
    public static IReadOnlyList<NumberReason> All { get; } =
    [
        new(ErrorCodes.TokenInvalid, null, false, (number, _) => number.Evidence.IsRefused && !Finds(number, ErrorCodes.TokenUnreadable)) { Ends = true, Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect },
        new(TokenEnded, null, false, (number, now) => number.TokenExpiresAt <= now) { Ends = true, Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect, Unless = [ErrorCodes.TokenInvalid] },
        new(ErrorCodes.TokenUnreadable, null, false, (number, _) => Finds(number, ErrorCodes.TokenUnreadable)) { Ends = true, Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect },
        OfStop(ErrorCodes.TwoFactorNeeded),
        OfStop(ErrorCodes.FacebookCheck),
        new(ErrorCodes.UnprovedSinceRestore, false, false, (number, _) => number.UnprovedSince is not null) { Ends = true, IsAge = true, Evidence = ReasonEvidence.Listing, Who = ReasonActor.Meta, Unless = [.. OfToken, .. Stops, Finding.NumberMoved] },
        new("access_in_doubt", null, false, (number, _) => number.Notice(MetaNotice.AccessKind) is { StopsSending: true }) { Ends = true, Reports = false, IsFinding = true, NoticeKind = MetaNotice.AccessKind, Who = ReasonActor.Meta },
        new("paused_by_meta", true, false, (number, _) => IsPaused(number)) { Ends = true, Reports = false, NoticeKind = MetaNotice.PauseKind, Who = ReasonActor.Meta },
        new(AccountDisabled, false, false, (number, _) => number.Notice(MetaNotice.BanKind) is { Reason: "DISABLE", Undone: false }) { Ends = true, NoticeKind = MetaNotice.BanKind, Where = ReasonPlace.WhatsAppManager },
        .. NumberStandings.All.Where(standing => standing is { Finding: not null, IsUsable: not true }).DistinctBy(standing => standing.Finding).Select(OfStanding),
        OfFinding(Finding.NotLive, false, ReasonPlace.WhatsAppManager),
        new(ErrorCodes.CodeNeeded, false, false, (number, _) => number.IsOpen(StepNames.Verify)) { Ends = true, Reports = false, Step = StepNames.Verify, Evidence = ReasonEvidence.Registration, Where = ReasonPlace.Number },
        new("register_open", false, false, (number, _) => IsWaiting(number, StepNames.Register)) { Ends = true, Reports = false, Step = StepNames.Register, Evidence = ReasonEvidence.Registration, Where = ReasonPlace.Number },
        new("being_set_up", null, null, (number, _) => IsPending(number)) { Ends = true, Reports = false, Evidence = ReasonEvidence.Listing, Who = ReasonActor.Operator },
        new("not_subscribed", false, true, (number, _) => IsUnsubscribed(number)) { Ends = true, Step = StepNames.Subscribe, Evidence = ReasonEvidence.Subscription, Where = ReasonPlace.Number },
        new(Finding.NumberMoved, false, true, (number, _) => Finds(number, Finding.NumberMoved)) { Ends = true, Evidence = ReasonEvidence.Listing, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new(NotProved, null, null, (number, _) => number.Evidence is not { TokenInspectedAt: not null, ListedAt: not null }) { Ends = true, Evidence = ReasonEvidence.Listing, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new(ErrorCodes.PaymentNeeded, true, false, (number, _) => Failed(number, PaymentFailed) || Failed(number, PaymentMissing) || Unwell(number, PaymentMissing)) { Evidence = ReasonEvidence.SendOrHealth, Where = ReasonPlace.Payment },
        new(ErrorCodes.AccountLocked, null, false, (number, _) => Failed(number, Locked) || IsStopped(number, ErrorCodes.AccountLocked)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.WhatsAppManager, Unless = OfAccount },
        new(ErrorCodes.AccountBlocked, null, false, (number, _) => Failed(number, PolicyBlock) || IsStopped(number, ErrorCodes.AccountBlocked)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.WhatsAppManager, Unless = OfAccount },
        new(NotRegisteredAtSend, null, false, (number, _) => IsOfRegistration(number.Evidence.SendFailure)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.Number, Unless = [.. NumberStandings.All.Where(standing => standing.RegisteringHelps).Select(standing => standing.Finding!)] },
        new(ErrorCodes.PermissionMissing, null, false, (number, _) => IsOfToken(number.Evidence.SendFailure)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new(ErrorCodes.NameNotReady, true, false, (number, _) => Failed(number, NameNotApproved)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.WhatsAppManager },
        new(ErrorCodes.SendingLimit, true, null, (number, _) => Failed(number, SpamLimit) || Failed(number, MessagingLimit)) { Evidence = ReasonEvidence.Send, Where = ReasonPlace.WhatsAppManager },
        new("restricted", true, null, (number, now) => IsRestricted(number, now)) { NoticeKind = MetaNotice.RestrictionKind, Where = ReasonPlace.WhatsAppManager },
        new("routed_elsewhere", false, null, (number, _) => IsRoutedElsewhere(number.Evidence)) { Evidence = ReasonEvidence.Webhook, Where = ReasonPlace.BusinessSuite },
        new(Finding.SharedProofStale, false, null, (number, now) => number.IsShared && Finds(number, Finding.SharedProofStale)) { IsAge = true, IsFinding = true, Evidence = ReasonEvidence.Listing, Where = ReasonPlace.Reconnect, Unless = [.. OfToken, ErrorCodes.UnprovedSinceRestore] },
        OfFinding(Finding.Check, null, ReasonPlace.Reconnect),
        new("not_checked", null, null, (number, now) => IsOld(number.Evidence.ListedAt, now) || IsOld(number.Evidence.SubscribedAt, now)) { IsAge = true, Evidence = ReasonEvidence.Listing, Who = ReasonActor.Operator, Where = ReasonPlace.MetaStatus, Unless = [.. OfToken, .. Stops, Finding.SharedProofStale, ErrorCodes.UnprovedSinceRestore] },
        new("unwell_at_meta", true, null, (number, _) => number.Evidence.HealthErrors.Any(IsOfMessages)) { Evidence = ReasonEvidence.Health, Where = ReasonPlace.WhatsAppManager, Unless = [.. OfAccount, "paused_by_meta", .. NumberStandings.All.Where(standing => standing is { Finding: not null, IsUsable: not true }).Select(standing => standing.Finding!)] },
        new("token_ends_in_1_day", true, true, (number, now) => EndsWithin(number, now, 1, 0)) { Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new("token_ends_in_7_days", true, true, (number, now) => EndsWithin(number, now, 7, 1)) { Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new("token_ends_in_14_days", true, true, (number, now) => EndsWithin(number, now, 14, 7)) { Evidence = ReasonEvidence.Token, Where = ReasonPlace.Reconnect, Unless = OfToken },
        new(QualityLow, true, true, (number, _) => number.QualityRating == QualityRating.Red) { Evidence = ReasonEvidence.MetaStatus, Where = ReasonPlace.WhatsAppManager },
        .. NumberStandings.All.Where(standing => standing is { Finding: not null, IsUsable: true }).Select(OfStanding),
        .. NumberStandings.OfName.Where(row => row.Finding is not null).Select(row => OfName(row.Finding!)),
        OfName("name_unknown") with { Reports = false },
        .. NumberStandings.OfNewName.Select(row => OfName(row.Finding)),
        new("business_unverified", true, true, (number, _) => Unwell(number, BusinessUnverified)) { IsAdvice = true, Evidence = ReasonEvidence.Health, Where = ReasonPlace.BusinessSettings },
    ];

    /// <summary>How long before a token ends that is reported.</summary>
    public static IReadOnlyList<TimeSpan> Warnings { get; } = [TimeSpan.FromDays(14), TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    /// <summary>The reason that is told so long before the end.</summary>
    public static string CodeOf(TimeSpan warning) => warning.Days switch { 14 => "token_ends_in_14_days", 7 => "token_ends_in_7_days", 1 => "token_ends_in_1_day", _ => TokenEnded };

    /// <summary>How long before a token's end that reason begins to hold; null for a reason of something else.</summary>
    public static TimeSpan? LeftOf(string code) => Warnings.Where(warning => CodeOf(warning) == code).Select(warning => (TimeSpan?)warning).FirstOrDefault();

    /// <summary>Whether Meta's code of a failure says something of the number, and not only of one message.</summary>
    public static bool IsOfNumber(int code) =>
        code is PaymentFailed or PaymentMissing or Locked or NameNotApproved or SpamLimit or MessagingLimit or PolicyBlock || IsOfRegistration(code) || IsOfToken(code);

    /// <summary>Whether a code of a failed message says that the token may not do that.</summary>
    public static bool IsOfToken(int? code) => code is 10 or NoAccess or (>= 200 and <= 299);

    /// <summary>Whether a code of a failed message says that the number is not registered.</summary>
    public static bool IsOfRegistration(int? code) => code is NotRegistered or BadRegistration;

    /// <summary>What holds of a held number now; nothing of one that is not held.</summary>
    /// <param name="number">The number.</param>
    /// <param name="now">Now.</param>
    /// <param name="known">What the caller knows better than the table of a code: whether it holds; null for what the table says.</param>
    public static IEnumerable<NumberReason> Of(PhoneNumber number, DateTimeOffset now, Func<string, bool?>? known = null)
    {
        var standing = NumberStandings.Of(number).Finding;
        return number.IsHeld ? All.Where(reason => known?.Invoke(reason.Code) ?? (reason.Standing is { } word ? word == standing : reason.Holds(number, now))) : [];
    }

    /// <summary>What of it the host is told: one loss once, by the reason that says most of it, unless it was told by the other one before.</summary>
    public static IEnumerable<NumberReason> Reported(PhoneNumber number, DateTimeOffset now)
    {
        NumberReason[] holding = [.. Of(number, now)];
        return holding.Where(reason => reason.Reports && (!reason.IsAge || number.Evidence.CheckFailures > 0) && (number.Told.Contains(reason.Code) || !holding.Any(other => reason.Unless.Contains(other.Code) || (number.Told.Contains(other.Code) && other.IsSameAs(reason)))));
    }

    public static NumberReason? Find(string code) => All.FirstOrDefault(reason => reason.Code == code);

    private static NumberReason OfStop(string code) =>
        new(code, null, false, (number, _) => IsStopped(number, code)) { Ends = true, Evidence = ReasonEvidence.Listing, Where = ReasonPlace.Reconnect, Unless = OfToken };

    private static NumberReason OfStanding(NumberStanding standing) =>
        new(standing.Finding!, standing.IsUsable, standing.IsUsable, (_, _) => false)
        {
            Standing = standing.Finding,
            IsFinding = true,
            Ends = standing.IsUsable is not true,
            Evidence = ReasonEvidence.MetaStatus,
            Where = standing.RegisteringHelps ? ReasonPlace.Number : ReasonPlace.WhatsAppManager,
            Unless = standing.Finding switch { Banned or Restricted => [AccountDisabled], "status_flagged" => [QualityLow], "status_rate_limited" => [ErrorCodes.SendingLimit], _ => [] },
        };

    private static NumberReason OfName(string finding) =>
        new(finding, true, true, (number, _) => NumberStandings.NameFinding(number.NameStatus) == finding || NumberStandings.NewNameFinding(number) == finding)
        {
            IsFinding = true,
            Evidence = ReasonEvidence.MetaStatus,
            Reports = !finding.EndsWith("_pending", StringComparison.Ordinal),
            Who = finding.EndsWith("_pending", StringComparison.Ordinal) ? ReasonActor.Meta : finding is NumberStandings.NewNameApproved ? ReasonActor.Operator : ReasonActor.Account,
            Where = finding is NumberStandings.NewNameApproved ? ReasonPlace.Nowhere : ReasonPlace.WhatsAppManager,
            Unless = [ErrorCodes.NameNotReady],
        };

    private static NumberReason OfFinding(string code, bool? answer, ReasonPlace where) =>
        new(code, answer, answer, (number, _) => Finds(number, code)) { Ends = answer is false, Evidence = ReasonEvidence.Listing, Where = where };

    private static bool Finds(PhoneNumber number, string code) => number.Findings.Any(finding => finding.Code == code);

    /// <summary>A store may know that it is paused and not why.</summary>
    private static bool IsPaused(PhoneNumber number) =>
        number.Notice(MetaNotice.PauseKind) is { StopsSending: true } || (number.State is NumberState.Paused && number.Notice(MetaNotice.AccessKind) is not { StopsSending: true });

    private static bool IsUnsubscribed(PhoneNumber number) =>
        IsWaiting(number, StepNames.Subscribe) || (number.Evidence.SubscribedAt is null && !number.IsOpen(StepNames.Subscribe));

    /// <summary>Whether the app was subscribed with its token. Of a subscription that was lost Meta may still bring what it could not deliver before.</summary>
    public static bool MayReceive(PhoneNumber number) =>
        number.Evidence.SubscribedAt is not null || number.OpenSteps.Any(open => open is { Step: StepNames.Subscribe, Code: ErrorCodes.SubscriptionLost });

    /// <summary>Whether a code of Meta's health speaks of messages that cannot be sent, and is not a reason of its own; what it says of calls is none of ours.</summary>
    public static bool IsOfMessages(int code) => code is not (PaymentMissing or BusinessUnverified or (>= FirstOfCalls and <= LastOfCalls));

    private static bool IsWaiting(PhoneNumber number, string step) => number.OpenSteps.Any(open => open.Step == step && open.Code is not ErrorCodes.Pending);

    /// <summary>Whether something is being done for the number that it cannot be used without.</summary>
    public static bool IsPending(PhoneNumber number) => number.OpenSteps.Any(open => open.Code is ErrorCodes.Pending && StepTable.IsRequired(open.Step));

    private static bool Failed(PhoneNumber number, int code) => number.Evidence.SendFailure == code;

    private static bool IsStopped(PhoneNumber number, string code) => number.Evidence.StoppedBy == code;

    private static bool Unwell(PhoneNumber number, int code) => number.Evidence.HealthErrors.Contains(code);

    private static bool IsRestricted(PhoneNumber number, DateTimeOffset now) =>
        number.Notice(MetaNotice.RestrictionKind) is { } notice && notice.Restrictions.Any(restriction => restriction.Type is not "RESTRICTED_ADD_PHONE_NUMBER_ACTION" && !(restriction.EndsAt <= now));

    private static bool IsRoutedElsewhere(NumberEvidence evidence) =>
        evidence.StandbyAt is not null && !(evidence.StandbyAt - evidence.ReceivedAt < OnlyCopies);

    private static bool IsOld(DateTimeOffset? proof, DateTimeOffset now) => proof < now - ProofLife;

    private static bool EndsWithin(PhoneNumber number, DateTimeOffset now, int days, int butNotWithin) =>
        number.TokenExpiresAt - now is { } left && left > TimeSpan.FromDays(butNotWithin) && left <= TimeSpan.FromDays(days);
}
