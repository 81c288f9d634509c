using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Numbers;
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

    public OpenStep InWords(OpenStep step, StepBudget? budget)
    {
        var (message, action) = words.OpenStep(step.Step, step.Code, step.MetaCode);
        return step with { Message = message, Action = action, Budget = budget, BudgetMessage = Spends(step.Step, budget) };
    }

    /// <summary>What a press spends of what Meta takes, and how much is left; null where it spends nothing.</summary>
    private string? Spends(string step, StepBudget? budget) => (StepTable.Find(step), budget, StepTable.RationOf(step)?.Quota) switch
    {
        ({ IsTakenOnce: true }, _, _) => words.Text("step.once"),
        (_, { } left, { } quota) => words.Text($"step.{step}.tries", left.Limit, (int)quota.Window.TotalHours, left.Left),
        _ => null,
    };

    public Finding InWords(Finding finding)
    {
        var (message, action) = finding is { Code: Finding.WabaUnread, Reason: { } reason } ? words.Unread(reason)
            : finding.Code is ErrorCodes.TokenUnreadable ? words.Pair(WordKinds.Error, finding.Code)
            : words.Pair(WordKinds.Finding, finding.Code);
        return finding with { Message = message, Action = action };
    }

    public MetaNotice InWords(MetaNotice notice)
    {
        var (message, action) = Said(notice);
        return notice with { Message = message, Action = action, Restrictions = [.. notice.Restrictions.Select(InWords)] };
    }

    /// <summary>What follows from the number as it is now, and is kept nowhere.</summary>
    public IEnumerable<Finding> OfState(PhoneNumber number, string state, bool shared, IReadOnlyList<NumberReason> reasons, DateTimeOffset now)
    {
        if (state == "reconnect_needed")
            yield return Now("reconnect_needed");
        if (shared)
            yield return Now("number_shared");
        foreach (var noticed in reasons.Where(one => one.IsFinding))
        {
            var finding = Now(noticed.Code, SubjectOf(noticed, number));
            yield return WhyDeclined(noticed.Code, number) is var (message, action) ? finding with { Message = message, Action = action } : finding;
        }

        if (number.IsHeld && number.Notice(MetaNotice.AccessKind) is { StopsSending: false } kept)
            yield return Now("access_kept", kept.Event);
        if (!number.IsHeld && number.DisconnectReason is { } reason and (DisconnectReasons.PartnerRemoved or DisconnectReasons.AppUninstalled
            or DisconnectReasons.AccountDeleted or DisconnectReasons.Deauthorized))
        {
            var (message, action) = Gone(number);
            yield return new Finding { Code = reason, At = now, Message = message, Action = action };
        }

        Finding Now(string code, string? subject = null) => InWords(new Finding { Code = code, At = now, Subject = subject });
    }

    /// <summary>Of a name that Meta has declined: Meta's reason in words, where it gave one for that name; else null.</summary>
    public (string Message, string Action)? WhyDeclined(string code, PhoneNumber number)
    {
        var isNew = code is NumberStandings.NewNameDeclinedFinding;
        return (isNew || code is NumberStandings.NameDeclinedFinding)
            && number.Notice(MetaNotice.NameKind) is { Event: "REJECTED", Reason: { } reason } notice
            && isNew == (number.NewDisplayName is { } other && notice.Name == other)
            && English.Texts.Words.ContainsKey($"{WordKinds.Notice}.{notice.Kind}.{reason}.message") ? Said(notice) : null;
    }

    /// <summary>Meta's word that a finding is about.</summary>
    private static string? SubjectOf(NumberReason reason, PhoneNumber number) =>
        reason.NoticeKind is { } kind ? number.Notice(kind)?.Event
        : reason.Standing is not null ? (number.Status.IsKnown ? number.Status.ToString() : number.PlatformType.IsKnown ? number.PlatformType.ToString() : null)
        : NumberStandings.NameFinding(number.NameStatus) == reason.Code ? number.NameStatus
        : NumberStandings.NewNameFinding(number) == reason.Code ? number.NewDisplayName
        : null;

    /// <remarks>Meta gives a reason for numbers in the WhatsApp Business app only.</remarks>
    private (string Message, string Action) Gone(PhoneNumber number)
    {
        var said = number.Notice(MetaNotice.AccessKind)?.Reason;
        return words.Pair(
            WordKinds.Disconnect, $"{number.DisconnectReason}.{said}", $"{number.DisconnectReason}.{number.DisconnectInitiator}", number.DisconnectReason);
    }

    /// <summary>What a notice says, with its end where there is one.</summary>
    public (string Message, string Action) Said(MetaNotice notice) => notice switch
    {
        { Kind: MetaNotice.RestrictionKind, EndsAt: { } end } => (words.Text("notice.restriction.until.message", end.UtcDateTime), words.Text("notice.restriction.until.action")),
        { Kind: MetaNotice.BanKind, Reason: "SCHEDULE_FOR_DISABLE", BanDate: { } day } =>
            (words.Text("notice.ban.SCHEDULE_FOR_DISABLE.on.message", day), words.Text("notice.ban.SCHEDULE_FOR_DISABLE.on.action")),
        { Kind: MetaNotice.BanKind, Undone: true } => words.Pair(WordKinds.Notice, "ban.REINSTATE"),
        { Kind: MetaNotice.PauseKind, Undone: true } => words.Pair(WordKinds.Notice, "pause.ACCOUNT_RECONNECTED"),
        _ => words.Pair(WordKinds.Notice, $"{notice.Kind}.{notice.Reason}", $"{notice.Kind}.{notice.Event}", notice.Kind),
    };

    private AccountRestriction InWords(AccountRestriction restriction)
    {
        var (message, action) = words.Pair(WordKinds.Restriction, restriction.Type);
        return restriction with { Message = message, Action = action };
    }
}
