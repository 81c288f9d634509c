using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>A number's state in words, with the tone to show them in.</summary>
public static class NumberText
{
    public static (string Text, string Tone) State(PhoneNumberView number, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(words);
        return number.State switch
        {
            "active" when Notice(number, MetaNotice.BanKind) is { Undone: false, Reason: not ("REINSTATE" or "SCHEDULE_FOR_DISABLE") } => (words["Disabled by Meta"], "bad"),
            "active" when !number.Connected => (words["Not finished"], "warn"),
            "active" => (words["Connected"], "good"),
            "paused" => (words["Paused by Meta"], "warn"),
            "reconnect_needed" => (words["Reconnect needed"], "bad"),
            _ when IsLost(number) => (words["Disconnected by Meta"], "bad"),
            _ => (words["Disconnected"], "off"),
        };
    }

    /// <summary>What else is to be seen at a glance; null for nothing.</summary>
    public static (string Text, string Tone)? Limits(PhoneNumberView number, DateTimeOffset now, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(words);
        return Notice(number, MetaNotice.RestrictionKind) is { } restriction && !NoticeText.IsOver(restriction, now) ? (words["Restricted"], "warn") : null;
    }

    public static (string Text, string Tone) Quality(PhoneNumberView number, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(words);
        return number.QualityRating.ToUpperInvariant() switch
        {
            _ when IsFlagged(number) => (words["Low quality"], "bad"),
            "GREEN" => (words["High quality"], "good"),
            "YELLOW" => (words["Medium quality"], "warn"),
            "RED" => (words["Low quality"], "bad"),
            _ => (words["Not rated yet"], "off"),
        };
    }

    /// <summary>Meta tells of low quality as a flag, and of its colour only to who asks; connecting asks, so what was said before is old.</summary>
    public static bool IsFlagged(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        // Meta's times are whole seconds.
        return Notice(number, MetaNotice.LimitKind) is { Event: "FLAGGED" } flag && flag.At > number.VerifiedAt.AddSeconds(-1);
    }

    /// <summary>Whether it was disconnected at Meta, and not because the account wanted it here.</summary>
    public static bool IsLost(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return !number.IsActive && number.DisconnectReason is DisconnectReasons.GoneAtMeta or DisconnectReasons.PartnerRemoved
            or DisconnectReasons.AppUninstalled or DisconnectReasons.AccountDeleted or DisconnectReasons.Deauthorized;
    }

    public static string Label(PhoneNumberView number, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(words);
        return (number.VerifiedName, number.DisplayPhone) switch
        {
            ({ Length: > 0 } name, { Length: > 0 } phone) => $"{name} ({phone})",
            (_, { Length: > 0 } phone) => phone,
            _ => words["Number {0}", number.PhoneNumberId],
        };
    }

    /// <summary>Whether it may begin conversations: Meta may restrict a number to answers.</summary>
    public static bool CanBegin(PhoneNumberView number, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(number);
        return CanSend(number) && Notice(number, MetaNotice.RestrictionKind)?.Restrictions
            .Any(restriction => restriction.Type is "RESTRICTED_BIZ_INITIATED_MESSAGING" && !(restriction.EndsAt <= now)) is not true;
    }

    public static string Phone(PhoneNumberView number, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(words);
        return number.DisplayPhone is { Length: > 0 } phone ? phone : words["Number {0}", number.PhoneNumberId];
    }


    /// <summary>Whether it is worth trying: where nobody knows, too.</summary>
    public static bool CanSend(PhoneNumberView number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.CanSend.Answer is not Readiness.No;
    }

    private static MetaNotice? Notice(PhoneNumberView number, string kind) => number.Notices.FirstOrDefault(notice => notice.Kind == kind);
}
