using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Status;

/// <summary>How a number stands, its open steps, findings and notices, in words.</summary>
internal sealed class StatusTexts(WhatsAppWords words)
{
    /// <summary>What the state means; of a number that is not held, why.</summary>
    public (string Message, string Action) Of(PhoneNumber number, string state, bool connected) => state switch
    {
        "inactive" => Gone(number),
        "active" when !connected => words.Pair(WordKinds.Standing, "unfinished"),
        "paused" when number.Notice(MetaNotice.PauseKind) is not { StopsSending: true } => words.Pair(WordKinds.Standing, "paused.access"),
        _ => words.Pair(WordKinds.Standing, state),
    };

    public OpenStepView Of(OpenStep step)
    {
        var (message, action) = words.OpenStep(step.Step, step.Code);
        return new OpenStepView
        {
            Step = step.Step,
            Code = step.Code,
            Message = message,
            Action = action,
            Since = step.Since,
            MetaCode = step.MetaCode,
            MetaTraceId = step.MetaTraceId,
        };
    }

    public FindingView Of(Finding finding) => View(finding.Code, finding.Subject);

    public NoticeView Of(MetaNotice notice)
    {
        var (message, action) = Said(notice);
        return new NoticeView
        {
            Kind = notice.Kind,
            Event = notice.Event,
            At = notice.At,
            Message = message,
            Action = action,
            StopsSending = notice.StopsSending,
            Undone = notice.Undone,
            Reason = notice.Reason,
            Initiator = notice.Initiator,
            Description = notice.Description,
            Remediation = notice.Remediation,
            Restrictions = [.. notice.Restrictions.Select(View)],
            EndsAt = notice.EndsAt,
            BanDate = notice.BanDate,
            Limit = notice.Limit,
            MaxNumbersPerBusiness = notice.MaxNumbersPerBusiness,
            MaxNumbersPerWaba = notice.MaxNumbersPerWaba,
            Name = notice.Name,
            AlertStatus = notice.AlertStatus,
        };
    }

    /// <summary>What follows from the number as it is now, and is kept nowhere.</summary>
    public IEnumerable<FindingView> OfState(PhoneNumber number, string state, bool shared, bool proofIsStale)
    {
        if (state == "reconnect_needed")
            yield return View("reconnect_needed");
        if (shared)
            yield return View("number_shared");
        if (shared && proofIsStale)
            yield return View("shared_proof_stale");
        if (number is { IsHeld: true, IsUnregistered: true })
            yield return View("not_registered");
        if (number.IsHeld && number.Notice(MetaNotice.AccessKind) is { } doubt)
            yield return View(doubt.StopsSending ? "access_in_doubt" : "access_kept", doubt.Event);
        if (!number.IsHeld && number.DisconnectReason is { } reason and (DisconnectReasons.PartnerRemoved or DisconnectReasons.AppUninstalled
            or DisconnectReasons.AccountDeleted or DisconnectReasons.Deauthorized))
        {
            var (message, action) = Gone(number);
            yield return new FindingView { Code = reason, Message = message, Action = action };
        }
    }

    /// <remarks>Meta gives a reason for numbers in the WhatsApp Business app only.</remarks>
    private (string Message, string Action) Gone(PhoneNumber number)
    {
        var said = number.Notice(MetaNotice.AccessKind)?.Reason;
        return words.Pair(
            WordKinds.Disconnect, $"{number.DisconnectReason}.{said}", $"{number.DisconnectReason}.{number.DisconnectInitiator}", number.DisconnectReason);
    }

    private (string Message, string Action) Said(MetaNotice notice) => notice switch
    {
        { Kind: MetaNotice.RestrictionKind, EndsAt: { } end } => (words.Text("notice.restriction.until.message", end.UtcDateTime), words.Text("notice.restriction.until.action")),
        { Kind: MetaNotice.BanKind, Reason: "SCHEDULE_FOR_DISABLE", BanDate: { } day } =>
            (words.Text("notice.ban.SCHEDULE_FOR_DISABLE.on.message", day), words.Text("notice.ban.SCHEDULE_FOR_DISABLE.on.action")),
        _ => words.Pair(WordKinds.Notice, $"{notice.Kind}.{notice.Reason}", $"{notice.Kind}.{notice.Event}", notice.Kind),
    };

    private RestrictionView View(AccountRestriction restriction)
    {
        var (message, action) = words.Pair(WordKinds.Restriction, restriction.Type);
        return new RestrictionView { Type = restriction.Type, Message = message, Action = action, EndsAt = restriction.EndsAt, Remediation = restriction.Remediation };
    }

    private FindingView View(string code, string? subject = null)
    {
        var (message, action) = words.Pair(WordKinds.Finding, code);
        return new FindingView { Code = code, Message = message, Action = action, Subject = subject };
    }
}
