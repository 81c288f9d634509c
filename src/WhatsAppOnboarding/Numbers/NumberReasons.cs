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

    private const int Locked = 131031, NotRegistered = 133010, NameNotApproved = 131037,
        SpamLimit = 131048, MessagingLimit = 131064, PolicyBlock = 368, BusinessUnverified = 141010;

    /// <summary>A proof that upkeep could not renew in four rounds is old.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromHours(24);

    /// <summary>All reasons, the weightiest first: of several that say the same it is the first one that is named.</summary>
    public static IReadOnlyList<NumberReason> All { get; } =
    [
        new(ErrorCodes.TokenInvalid, null, false, (number, _) => number.Evidence.IsRefused && !Finds(number, ErrorCodes.TokenUnreadable)) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new("token_ended", null, false, (number, now) => number.TokenExpiresAt <= now) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new(ErrorCodes.TokenUnreadable, null, false, (number, _) => Finds(number, ErrorCodes.TokenUnreadable)) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new("access_in_doubt", null, false, (number, _) => number.Notice(MetaNotice.AccessKind) is { StopsSending: true }) { Ends = true, Reports = false, Who = ReasonActor.Meta },
        new("paused_by_meta", true, false, (number, _) => number.Notice(MetaNotice.PauseKind) is { StopsSending: true }) { Ends = true, Reports = false, Who = ReasonActor.Meta },
        new("account_disabled", false, false, (number, _) => number.Notice(MetaNotice.BanKind) is { Reason: "DISABLE" }) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        .. NumberStandings.All.Where(standing => standing is { Finding: not null, IsUsable: not true }).DistinctBy(standing => standing.Finding).Select(OfStanding),
        OfFinding(Finding.NotLive, false, ReasonPlace.WhatsAppManager),
        new(ErrorCodes.CodeNeeded, false, false, (number, _) => number.IsOpen(StepNames.Verify)) { Ends = true, Reports = false, Who = ReasonActor.Account, Where = ReasonPlace.Number },
        new("register_open", false, false, (number, _) => IsWaiting(number, StepNames.Register)) { Ends = true, Reports = false, Who = ReasonActor.Account, Where = ReasonPlace.Number },
        new("being_set_up", null, null, (number, _) => IsPending(number)) { Ends = true, Reports = false, Who = ReasonActor.Operator },
        new("not_subscribed", false, null, (number, _) => number.Evidence.SubscribedAt is null || IsWaiting(number, StepNames.Subscribe)) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.Number },
        new("not_proved", null, null, (number, _) => number.Evidence is not { TokenInspectedAt: not null, ListedAt: not null }) { Ends = true, Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new(ErrorCodes.PaymentNeeded, true, false, (number, _) => Failed(number, PaymentFailed) || Unwell(number, PaymentMissing)) { Who = ReasonActor.Account, Where = ReasonPlace.Payment },
        new(ErrorCodes.AccountLocked, null, false, (number, _) => Failed(number, Locked)) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new(ErrorCodes.AccountBlocked, null, false, (number, _) => Failed(number, PolicyBlock)) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new(ErrorCodes.NotRegistered + "_at_send", null, false, (number, _) => Failed(number, NotRegistered)) { Who = ReasonActor.Account, Where = ReasonPlace.Number },
        new(ErrorCodes.PermissionMissing, null, false, (number, _) => number.Evidence.SendFailure is 10 or (>= 200 and <= 299)) { Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new(ErrorCodes.NameNotReady, true, false, (number, _) => Failed(number, NameNotApproved)) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new(ErrorCodes.SendingLimit, true, null, (number, _) => Failed(number, SpamLimit) || Failed(number, MessagingLimit)) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new("restricted", true, null, (number, now) => IsRestricted(number, now)) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new("routed_elsewhere", false, null, (number, _) => number.Evidence.StandbyAt is { } standby && !(number.Evidence.ReceivedAt >= standby)) { Who = ReasonActor.Account, Where = ReasonPlace.BusinessSuite },
        new("shared_proof_stale", false, true, (number, now) => number.IsShared && IsUnanswered(number, now)) { Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        OfFinding(Finding.Check, null, ReasonPlace.Reconnect),
        new("not_checked", null, null, (number, now) => !number.IsShared && IsUnanswered(number, now)) { Who = ReasonActor.Operator, Where = ReasonPlace.MetaStatus },
        new("unwell_at_meta", true, null, (number, _) => number.Evidence.HealthErrors.Any(code => code is not (PaymentMissing or BusinessUnverified))) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        new("token_ends_in_1_day", true, true, (number, now) => EndsWithin(number, now, 1, 0)) { Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new("token_ends_in_7_days", true, true, (number, now) => EndsWithin(number, now, 7, 1)) { Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new("token_ends_in_14_days", true, true, (number, now) => EndsWithin(number, now, 14, 7)) { Who = ReasonActor.Account, Where = ReasonPlace.Reconnect },
        new("quality_low", true, true, (number, _) => number.QualityRating == QualityRating.Red) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager },
        .. NumberStandings.All.Where(standing => standing is { Finding: not null, IsUsable: true }).Select(OfStanding),
        .. NumberStandings.OfName.Where(row => row.Finding is not null).Select(row => OfName(row.Finding!)),
        new("business_unverified", true, true, (number, _) => Unwell(number, BusinessUnverified)) { Who = ReasonActor.Account, Where = ReasonPlace.BusinessSettings },
    ];

    /// <summary>How long before a token ends that is reported.</summary>
    public static IReadOnlyList<TimeSpan> Warnings { get; } = [TimeSpan.FromDays(14), TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    /// <summary>The reason that is told so long before the end.</summary>
    public static string CodeOf(TimeSpan warning) => warning.Days switch { 14 => "token_ends_in_14_days", 7 => "token_ends_in_7_days", 1 => "token_ends_in_1_day", _ => "token_ended" };

    /// <summary>Whether Meta's code of a failure says something of the number, and not only of one message.</summary>
    public static bool IsOfNumber(int code) =>
        code is PaymentFailed or Locked or NotRegistered or NameNotApproved or SpamLimit or MessagingLimit or PolicyBlock or 10 or (>= 200 and <= 299);

    /// <summary>What holds of a held number now; nothing of one that is not held.</summary>
    public static IEnumerable<NumberReason> Of(PhoneNumber number, DateTimeOffset now)
    {
        var standing = NumberStandings.Of(number).Finding;
        return number.IsHeld ? All.Where(reason => reason.Standing is { } word ? word == standing : reason.Holds(number, now)) : [];
    }

    public static NumberReason? Find(string code) => All.FirstOrDefault(reason => reason.Code == code);

    private static NumberReason OfStanding(NumberStanding standing) =>
        new(standing.Finding!, standing.IsUsable, standing.IsUsable, (_, _) => false)
        {
            Standing = standing.Finding,
            Ends = standing.IsUsable is not true,
            Who = ReasonActor.Account,
            Where = standing.RegisteringHelps ? ReasonPlace.Number : ReasonPlace.WhatsAppManager,
        };

    private static NumberReason OfName(string finding) =>
        new(finding, true, true, (number, _) => NumberStandings.NameFinding(number.NameStatus) == finding) { Who = ReasonActor.Account, Where = ReasonPlace.WhatsAppManager };

    private static NumberReason OfFinding(string code, bool? answer, ReasonPlace where) =>
        new(code, answer, answer, (number, _) => Finds(number, code)) { Ends = answer is false, Who = ReasonActor.Account, Where = where };

    private static bool Finds(PhoneNumber number, string code) => number.Findings.Any(finding => finding.Code == code);

    private static bool IsWaiting(PhoneNumber number, string step) => number.OpenSteps.Any(open => open.Step == step && open.Code is not ErrorCodes.Pending);

    /// <summary>Whether something is being done for the number that it cannot be used without.</summary>
    public static bool IsPending(PhoneNumber number) => number.OpenSteps.Any(open => open.Code is ErrorCodes.Pending && StepTable.IsRequired(open.Step));

    private static bool Failed(PhoneNumber number, int code) => number.Evidence.SendFailure == code;

    private static bool Unwell(PhoneNumber number, int code) => number.Evidence.HealthErrors.Contains(code);

    private static bool IsRestricted(PhoneNumber number, DateTimeOffset now) =>
        number.Notice(MetaNotice.RestrictionKind) is { } notice && notice.Restrictions.Any(restriction => !(restriction.EndsAt <= now));

    private static bool IsUnanswered(PhoneNumber number, DateTimeOffset now) =>
        number.Evidence is { IsRefused: false, ListedAt: { } listed } && listed < now - ProofLife && !(number.TokenExpiresAt <= now);

    private static bool EndsWithin(PhoneNumber number, DateTimeOffset now, int days, int butNotWithin) =>
        number.TokenExpiresAt - now is { } left && left > TimeSpan.FromDays(butNotWithin) && left <= TimeSpan.FromDays(days);
}

/// <summary>One reason of the table.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="CanReceive">Whether the number receives although it holds; null for not known.</param>
/// <param name="CanSend">Whether it can be sent with although it holds; null for not known.</param>
/// <param name="Holds">Whether it holds of a number now.</param>
internal sealed record NumberReason(string Code, bool? CanReceive, bool? CanSend, Func<PhoneNumber, DateTimeOffset, bool> Holds)
{
    /// <summary>Of Meta's word on the number: the finding by which it holds, instead of <see cref="Holds"/>.</summary>
    public string? Standing { get; init; }

    /// <summary>Whether the number does not count as connected while it holds.</summary>
    public bool Ends { get; init; }

    /// <summary>Whether the host is told of it: not of what is being done anyway, nor of what another event tells.</summary>
    public bool Reports { get; init; } = true;

    /// <summary>Who must act.</summary>
    public ReasonActor Who { get; init; }

    /// <summary>Where to act.</summary>
    public ReasonPlace Where { get; init; }

    /// <summary>Whether it only says that the token ends soon.</summary>
    public bool IsEnding => Code.StartsWith("token_ends_in", StringComparison.Ordinal);
}

internal enum ReasonActor
{
    Account = 0,
    Operator = 1,
    Meta = 2,
}

internal enum ReasonPlace
{
    Nowhere = 0,
    Reconnect = 1,
    Number = 2,
    WhatsAppManager = 3,
    BusinessSettings = 4,
    BusinessSuite = 5,
    Payment = 6,
    MetaStatus = 7,
}
