using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Status;

/// <summary>The words of open steps and findings.</summary>
internal static class StatusTexts
{
    public static OpenStepView Of(OpenStep step)
    {
        var (message, action) = OpenStepText.Of(step.Step, step.Code);
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

    public static FindingView Of(Finding finding) => View(finding.Code, finding.Subject);

    public static NoticeView Of(MetaNotice notice)
    {
        var texts = Languages.Current.Notices;
        var message = texts.GetValueOrDefault($"{notice.Kind}:{notice.Reason}") ?? texts.GetValueOrDefault($"{notice.Kind}:{notice.Event}")
            ?? texts.GetValueOrDefault(notice.Kind) ?? texts[MetaNotice.OtherKind];
        return new NoticeView
        {
            Kind = notice.Kind,
            Event = notice.Event,
            At = notice.At,
            Message = message,
            StopsSending = notice.StopsSending,
            Undone = notice.Undone,
            Reason = notice.Reason,
            Initiator = notice.Initiator,
            Description = notice.Description,
            Remediation = notice.Remediation,
            Restrictions = notice.Restrictions,
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
    public static IEnumerable<FindingView> OfState(PhoneNumber number, string state, bool shared, bool proofIsStale)
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
        if (number is { IsHeld: false, DisconnectReason: { } reason } && Languages.Current.Findings.ContainsKey(reason))
            yield return View(reason);
    }

    private static FindingView View(string code, string? subject = null)
    {
        var findings = Languages.Current.Findings;
        return new FindingView { Code = code, Message = findings.GetValueOrDefault(code) ?? findings[Language.Other], Subject = subject };
    }
}
