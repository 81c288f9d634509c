using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>What Meta said of a number or its account, as a note: the library's words, Meta's own beside them, and a tone.</summary>
public static class NoticeText
{
    /// <summary>Null where it says nothing to the person, is over, or is said by a finding.</summary>
    public static NumberNote? Of(PhoneNumberView number, MetaNotice notice, DateTimeOffset now, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(notice);
        var tone = (notice.Kind, notice.Event, notice.Reason) switch
        {
            (MetaNotice.AccessKind or MetaNotice.OtherKind, _, _) => null,
            (MetaNotice.BanKind, _, _) when notice.Undone => "good",
            (MetaNotice.PauseKind, _, _) => number.State is "paused" ? "warn" : "good",
            (MetaNotice.BanKind, _, "REINSTATE") or (MetaNotice.ReviewKind or MetaNotice.NameKind, "APPROVED", _) => "good",
            (MetaNotice.BanKind or MetaNotice.ViolationKind, _, _) or (MetaNotice.ReviewKind or MetaNotice.NameKind, "REJECTED", _) => "bad",
            (MetaNotice.RestrictionKind, _, _) => IsOver(notice, now) ? null : "warn",
            (MetaNotice.LimitKind, "FLAGGED", _) => NumberText.IsFlagged(number) ? "bad" : null,
            (MetaNotice.LimitKind, "UNFLAGGED", _) => "good",
            (MetaNotice.AlertKind, _, "CRITICAL") => "bad",
            _ => "off",
        };
        return tone is null ? null : new NumberNote(InWords(notice, words), tone, notice.At);
    }

    /// <summary>Whether every restriction has ended; one without a known end has not.</summary>
    public static bool IsOver(MetaNotice notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.EndsAt <= now;
    }

    /// <summary>Meta's own word for the reason or the limit, where the library's words leave open which one.</summary>
    private static string? WordOf(MetaNotice notice) => notice.Kind switch
    {
        MetaNotice.ViolationKind or MetaNotice.NameKind => notice.Reason,
        MetaNotice.LimitKind or MetaNotice.CapabilityKind => notice.Limit,
        _ => null,
    };

    private static string InWords(MetaNotice notice, IStringLocalizer words) => string.Join(' ',
    [
        notice.Message,
        .. notice.Restrictions.Select(restriction => restriction.Message).Distinct(),
        notice.Action,
        .. notice.Restrictions.Select(restriction => restriction.Remediation).Prepend(notice.Remediation).Prepend(notice.Description).Prepend(WordOf(notice))
            .OfType<string>().Distinct().Select(said => words["Meta says: “{0}”", said].Value),
        .. notice.Name is { } name ? [words["It is about “{0}”.", name]] : (string[])[],
    ]);
}
