using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>What a later look at Meta, and what comes in and is sent, change in a number that is held.</summary>
internal static class CheckTransitions
{
    private static readonly TimeSpan FirstRepeat = TimeSpan.FromMinutes(5);

    // Three tries more until the next usual time, and no more than that time after it: an outage costs Meta no more calls than what is well.
    private const int RepeatFactor = 4, MaxSteps = 6;

    // Often enough to say whether messages come, and not a write for each.
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    // What some messages fail for, others may be sent in spite of, such as answers where a payment is missing. Neither is news with each message.
    private static readonly TimeSpan FailureLasts = TimeSpan.FromHours(1);

    // A pause is over within minutes, and Meta's words on a number and its health may be older than its notice.
    private static readonly TimeSpan PauseLasts = TimeSpan.FromHours(6), BanShows = TimeSpan.FromHours(1);

    /// <summary>The app was subscribed to its WABA with the account's token.</summary>
    public static PhoneNumber Subscribed(this PhoneNumber number, DateTimeOffset at) =>
        number.WithoutOpenStep(StepNames.Subscribe).WithoutCheck() with { Evidence = number.Evidence with { SubscribedAt = at } };

    /// <summary>Meta showed the number to its token, or refused to; <paramref name="why"/> says why, where the token itself may be well.</summary>
    public static PhoneNumber Answered(this PhoneNumber number, bool isShown, DateTimeOffset at, string? why = null) => number.WithoutCheck() with
    {
        Evidence = isShown
            ? number.Evidence with { ListedAt = at, StoppedBy = null, StoppedAt = null }
            : number.Evidence with { RefusedAt = at, StoppedBy = why is ErrorCodes.TokenInvalid ? null : why, StoppedAt = why is null or ErrorCodes.TokenInvalid ? null : at },
    };

    /// <summary>Meta did not answer because something must be done first, such as a check that a person has yet to pass: that is no loss, and does not pass by itself.</summary>
    public static PhoneNumber Stopped(this PhoneNumber number, string why, DateTimeOffset at) =>
        number.Evidence.StoppedBy == why ? number : number with { Evidence = number.Evidence with { StoppedBy = why, StoppedAt = at } };

    /// <summary>Something was said of it that a look at Meta can find out: soon, and an hour after the last look at the earliest.</summary>
    public static PhoneNumber CheckedSoon(this PhoneNumber number, DateTimeOffset at)
    {
        var (soon, again) = (at + FirstRepeat, number.Evidence.ListedAt + NotedEvery);
        soon = again > soon ? again.Value : soon;
        return number.Evidence.NextCheckAt < soon ? number : number with { Evidence = number.Evidence with { NextCheckAt = soon } };
    }

    /// <summary>Meta showed it, with what it says of it now.</summary>
    public static PhoneNumber Seen(this PhoneNumber number, NumberFacts facts, DateTimeOffset askedAt, DateTimeOffset now)
    {
        var decision = RegistrationDecisions.Of(number, facts, number.MayBeCoexistence());
        var seen = number.Answered(true, askedAt).Refreshed(facts, decision, now);

        // What would have told the end of a pause may have been lost.
        if (facts.Status == NumberStatus.Connected && facts.PlatformType == PlatformType.CloudApi && seen.Notice(MetaNotice.PauseKind) is { StopsSending: true } pause && askedAt - pause.At > PauseLasts)
            seen = seen.WithNotice(pause with { StopsSending = false, Undone = true });

        // It was registered and is not any more: only a person may order that again, because each try counts.
        return decision is RegistrationDecision.Register or RegistrationDecision.AskPerson && number.Evidence.RegisteredAt is not null && !seen.IsOpen(StepNames.Register)
            ? seen.WithOpenStep(StepNames.Register, ErrorCodes.NotRegistered, now)
            : seen;
    }

    /// <summary>Whether Meta lists the number in its WABA, or still shows it and lists it there no more.</summary>
    public static PhoneNumber Moved(this PhoneNumber number, bool isMoved, DateTimeOffset at) => number.Findings.Any(finding => finding.Code is Finding.NumberMoved) == isMoved ? number
        : isMoved ? number.WithFinding(new Finding { Code = Finding.NumberMoved, At = at })
        : number with { Findings = [.. number.Findings.Where(finding => finding.Code is not Finding.NumberMoved)] };

    /// <summary>
    /// The token cannot be opened here, which is no word of Meta's. It is written down only while others hold the number, too: their deliveries would wait for an answer.
    /// </summary>
    public static PhoneNumber Unreadable(this PhoneNumber number, DateTimeOffset now)
    {
        var refused = number.Answered(false, now);
        return refused.Findings.Any(finding => finding.Code == ErrorCodes.TokenUnreadable) ? refused : refused.WithFinding(new Finding { Code = ErrorCodes.TokenUnreadable, At = now });
    }

    /// <summary>Meta showed that the app is not subscribed to the WABA any more.</summary>
    public static PhoneNumber Unsubscribed(this PhoneNumber number, DateTimeOffset now) =>
        (number.IsOpen(StepNames.Subscribe) ? number : number.WithOpenStep(StepNames.Subscribe, ErrorCodes.SubscriptionLost, now)) with { Evidence = number.Evidence with { SubscribedAt = null } };

    /// <summary>Upkeep subscribed the app again.</summary>
    public static PhoneNumber Resubscribed(this PhoneNumber number, DateTimeOffset at) =>
        number.Subscribed(at) is var subscribed ? subscribed with { Evidence = subscribed.Evidence with { ResubscribedAt = at } } : number;

    /// <summary>
    /// What Meta's health says; a payment that is well there again is well for us, if nothing failed since. Where health never knew of it, only time or a message that is
    /// sent says so, else each message that fails would be news.
    /// </summary>
    public static PhoneNumber InHealth(this PhoneNumber number, IReadOnlyList<int> errors, DateTimeOffset askedAt)
    {
        var isPaid = number.Evidence.SendFailure == NumberReasons.PaymentFailed
            && !errors.Contains(NumberReasons.PaymentMissing)
            && number.Evidence.SendFailedAt < askedAt - (number.Evidence.HealthErrors.Contains(NumberReasons.PaymentMissing) ? TimeSpan.Zero : NumberReasons.ProofLife);
        var read = number with
        {
            Evidence = number.Evidence with
            {
                HealthReadAt = askedAt,
                HealthErrors = [.. errors.Distinct().Order()],
                SendFailure = isPaid ? null : number.Evidence.SendFailure,
                SendFailedAt = isPaid ? null : number.Evidence.SendFailedAt,
                SendFailingSince = isPaid ? null : number.Evidence.SendFailingSince,
            },
        };
        return read.Reinstated(askedAt);
    }

    /// <summary>A WABA of which Meta's health finds nothing wrong is not disabled any more, even if what would have told that was lost.</summary>
    private static PhoneNumber Reinstated(this PhoneNumber number, DateTimeOffset askedAt) =>
        number.Status == NumberStatus.Connected && number.Notice(MetaNotice.BanKind) is { Reason: "DISABLE", Undone: false } ban
        && askedAt - ban.At > BanShows && !number.Evidence.HealthErrors.Any(NumberReasons.IsOfMessages)
            ? number.WithNotice(ban with { Undone = true })
            : number;

    /// <summary>The token was inspected, and is the same or, extended, another one.</summary>
    public static PhoneNumber Inspected(this PhoneNumber number, DateTimeOffset? end, bool isKnown, DateTimeOffset at, SealedSecret? extended = null, string? grantor = null) => number with
    {
        Token = extended ?? number.Token,
        TokenExpiresAt = end,
        GrantedBy = number.GrantedBy is null ? null : grantor ?? number.GrantedBy,
        Evidence = number.Evidence with { TokenInspectedAt = at },
        Findings = [.. number.Findings.Where(finding => finding.Code is not Finding.TokenShortLived && (finding.Code is not Finding.TokenLifeUnknown || !isKnown))],
    };

    /// <summary>A round of upkeep ended: whole, or with something that Meta did not answer. Deliveries for a number that is shared may be waiting for the answer.</summary>
    public static PhoneNumber CheckEnded(this PhoneNumber number, bool isWhole, TimeSpan interval, DateTimeOffset now)
    {
        var failures = isWhole ? 0 : number.Evidence.CheckFailures + 1;
        var (next, again) = (NumberSchedule.Next(number, interval, now), now + NumberSchedule.Spread(number, FirstRepeat * Math.Pow(RepeatFactor, Math.Clamp(failures - 1, 0, number.IsShared ? 1 : MaxSteps))));
        return number with { Evidence = number.Evidence with { CheckFailures = failures, NextCheckAt = isWhole || next < again ? next : again } };
    }

    /// <summary>Upkeep looks at it some minutes after that time: sooner than it would, for it is wanted, or later, for there is no room for a look before.</summary>
    public static PhoneNumber CheckDueAt(this PhoneNumber number, DateTimeOffset at) =>
        number with { Evidence = number.Evidence with { NextCheckAt = at + NumberSchedule.Spread(number, FirstRepeat) } };

    /// <summary>
    /// A message failed with a code that says something of the number; it is looked at soon. While others fail for another reason, or some are sent, it is the first reason
    /// that counts.
    /// </summary>
    public static PhoneNumber SendFailed(this PhoneNumber number, int code, DateTimeOffset at)
    {
        var (known, since, soon) = (number.Evidence.SendFailure, at - number.Evidence.SendFailedAt, at + FirstRepeat);

        // What is told late of an older message says nothing against a newer one that was sent.
        return at < number.Evidence.SentAt ? number
            : known == code && since < NumberReasons.ProofLife
            ? since >= FailureLasts / 2 ? number with { Evidence = number.Evidence with { SendFailedAt = at } } : number
            : since < FailureLasts && (known is not NumberReasons.NotShown || code is NumberReasons.NotShown) ? number
            : number with
            {
                Evidence = number.Evidence with
                {
                    SendFailure = code,
                    SendFailedAt = at,
                    SendFailingSince = at,
                    NextCheckAt = number.Evidence.NextCheckAt < soon ? number.Evidence.NextCheckAt : soon,
                },
            };
    }

    /// <summary>A message was sent, and none has failed for a while: whatever failed before is over.</summary>
    public static PhoneNumber SendWorked(this PhoneNumber number, DateTimeOffset at)
    {
        var worked = at - number.Evidence.SendFailedAt >= FailureLasts ? number.WithoutSendFailure() : number;
        return at - number.Evidence.SentAt < NotedEvery ? worked : worked with { Evidence = worked.Evidence with { SentAt = at } };
    }

    /// <summary>That a message failed is over.</summary>
    public static PhoneNumber WithoutSendFailure(this PhoneNumber number) =>
        number with { Evidence = number.Evidence with { SendFailure = null, SendFailedAt = null, SendFailingSince = null } };

    /// <summary>It is registered now, so that a message that failed because it was not says nothing any more.</summary>
    public static PhoneNumber RegisteredSince(this PhoneNumber number, DateTimeOffset now) =>
        (NumberReasons.IsOfRegistration(number.Evidence.SendFailure) ? number.WithoutSendFailure() : number) is var registered
            ? registered with { Evidence = registered.Evidence with { RegisteredAt = now } }
            : number;

    /// <summary>Something of a customer came in, to be answered or as a copy of what another responder handles.</summary>
    public static PhoneNumber Received(this PhoneNumber number, bool isCopy, DateTimeOffset at)
    {
        var known = isCopy ? number.Evidence.StandbyAt : number.Evidence.ReceivedAt;
        return at - known < NotedEvery ? number
            : number with { Evidence = isCopy ? number.Evidence with { StandbyAt = at } : number.Evidence with { ReceivedAt = at } };
    }

    /// <summary>What outlives a new connect of a number that was held before: what came in and was read of the number and its WABA, not what was proved for a token.</summary>
    public static NumberEvidence Kept(this NumberEvidence fresh, NumberEvidence? earlier) => earlier is null ? fresh : fresh with
    {
        ReceivedAt = earlier.ReceivedAt,
        StandbyAt = earlier.StandbyAt,
        HealthReadAt = earlier.HealthReadAt,
        HealthErrors = earlier.HealthErrors,
        SentAt = earlier.SentAt,
        SendFailure = NumberReasons.IsOfToken(earlier.SendFailure) ? null : earlier.SendFailure,
        SendFailedAt = NumberReasons.IsOfToken(earlier.SendFailure) ? null : earlier.SendFailedAt,
        SendFailingSince = NumberReasons.IsOfToken(earlier.SendFailure) ? null : earlier.SendFailingSince,
    };
}
