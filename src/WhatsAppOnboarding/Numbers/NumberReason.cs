using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>One reason of the table.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="CanReceive">Whether the number receives although it holds; null for not known.</param>
/// <param name="CanSend">Whether it can be sent with although it holds; null for not known.</param>
/// <param name="Holds">Whether it holds of a number now.</param>
internal sealed record NumberReason(string Code, bool? CanReceive, bool? CanSend, Func<PhoneNumber, DateTimeOffset, bool> Holds)
{
    /// <summary>Of Meta's word on the number: the finding by which it holds, instead of <see cref="Holds"/>.</summary>
    public string? Standing { get; init; }

    /// <summary>Whether a status has it among its findings, too.</summary>
    public bool IsFinding { get; init; }

    /// <summary>Whether the number does not count as connected while it holds.</summary>
    public bool Ends { get; init; }

    /// <summary>Whether the host is told of it: not of what is being done anyway, nor of what another event tells.</summary>
    public bool Reports { get; init; } = true;

    /// <summary>Whether it only says that a proof is old: the host is told once upkeep has tried to renew it and got no answer.</summary>
    public bool IsAge { get; init; }

    /// <summary>Whether nothing has to be done: the number works, and would do more.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>The codes of what says the same and more: while one of them holds, the host is not told of this one.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>Who must act.</summary>
    public ReasonActor Who { get; init; }

    /// <summary>Where to act.</summary>
    public ReasonPlace Where { get; init; }

    /// <summary>The open step that says more of it, if it is open.</summary>
    public string? Step { get; init; }

    /// <summary>The kind of Meta's notice on which it rests; null when it rests on something else.</summary>
    public string? NoticeKind { get; init; }

    /// <summary>On what it rests, where that is no notice.</summary>
    public ReasonEvidence Evidence { get; init; }

    /// <summary>Whether it only says that the token ends soon.</summary>
    public bool IsEnding => Code.StartsWith("token_ends_in", StringComparison.Ordinal);

    /// <summary>Whether there is no token to send with because of it, until the number is connected again.</summary>
    public bool IsOfToken => Ends && Evidence is ReasonEvidence.Token;

    /// <summary>
    /// <see cref="CanSend"/>, for this number. That a message failed is a no until Meta has shown the number since; then only another message can tell whether it is over, and nobody
    /// would send one where that is said to be impossible.
    /// </summary>
    public bool? SendsWith(PhoneNumber number) => CanSend is false && IsOfSend(number) && number.Evidence.ListedAt > (number.Evidence.SendFailingSince ?? number.Evidence.SendFailedAt) ? null : CanSend;

    /// <summary><see cref="CanReceive"/>, for this number. A copy that came in long ago does not say where the next conversation goes.</summary>
    public bool? ReceivesWith(PhoneNumber number) =>
        CanReceive is false && Evidence is ReasonEvidence.Webhook && number.Evidence.ListedAt - number.Evidence.StandbyAt > NumberReasons.ProofLife ? null : CanReceive;

    /// <summary>Whether it says of a failed message what the other says, too: to the same cure.</summary>
    public bool IsSameAs(NumberReason other) => Evidence is ReasonEvidence.Send && Where == other.Where && Unless.Contains(other.Code);

    /// <summary>The worse of the two answers.</summary>
    public bool? WorseOf(PhoneNumber number) => ReceivesWith(number) & SendsWith(number);

    private bool IsOfSend(PhoneNumber number) =>
        (Evidence is ReasonEvidence.Send && number.Evidence.StoppedBy != Code) || (Evidence is ReasonEvidence.SendOrHealth && !number.Evidence.HealthErrors.Contains(NumberReasons.PaymentMissing));

    /// <summary>What it rests on of a number, in a stable word, and when that was seen.</summary>
    public (string Word, DateTimeOffset? At) EvidenceOf(PhoneNumber number)
    {
        var seen = number.Evidence;
        if (NoticeKind is not null && number.Notice(NoticeKind) is { } notice)
            return ("notice", notice.At);
        if (seen.StoppedBy == Code)
            return ("listing", seen.StoppedAt);
        var (word, at) = Evidence switch
        {
            ReasonEvidence.Token => ("token", Code is ErrorCodes.TokenInvalid ? seen.RefusedAt : seen.TokenInspectedAt),
            ReasonEvidence.Listing => ("listing", seen.ListedAt),
            ReasonEvidence.Subscription => ("subscription", seen.SubscribedAt),
            ReasonEvidence.Registration => ("registration", seen.RegisteredAt),
            ReasonEvidence.MetaStatus => ("meta_status", seen.ListedAt),
            ReasonEvidence.Health => ("health", seen.HealthReadAt),
            ReasonEvidence.SendOrHealth when seen.SendFailure is not (NumberReasons.PaymentFailed or NumberReasons.PaymentMissing) => ("health", seen.HealthReadAt),
            ReasonEvidence.Send or ReasonEvidence.SendOrHealth => ("send", seen.SendFailedAt),
            ReasonEvidence.Webhook => ("webhook", seen.StandbyAt),
            _ => ("notice", null),
        };
        return (word, number.OpenSteps.FirstOrDefault(open => open.Step == Step)?.Since ?? number.Findings.FirstOrDefault(finding => finding.Code == Code)?.At ?? at);
    }
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

internal enum ReasonEvidence
{
    Notice = 0,
    Token = 1,
    Listing = 2,
    Subscription = 3,
    Registration = 4,
    MetaStatus = 5,
    Health = 6,
    Send = 7,
    SendOrHealth = 8,
    Webhook = 9,
}
