using System.Globalization;

namespace WebHost.Pages;

/// <summary>What Meta said of a number or its account, in words.</summary>
public static class NoticeText
{
    private const string Manager = "WhatsApp Manager says why and what to do.";

    /// <summary>Null where it says nothing to the person, is over, or is said by a finding.</summary>
    public static NumberNote? Of(PhoneNumberView number, NoticeView notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(notice);
        (string Text, string Tone)? words = (notice.Kind, notice.Event, notice.Reason) switch
        {
            (MetaNotice.AccessKind or MetaNotice.OtherKind, _, _) => null,
            (MetaNotice.PauseKind, _, _) => number.State is "paused" ? ($"{notice.Message} What customers write still arrives.", "warn") : (notice.Message, "good"),
            (MetaNotice.BanKind, _, "REINSTATE") => (notice.Message, "good"),
            (MetaNotice.BanKind, _, "SCHEDULE_FOR_DISABLE") when notice.BanDate is { } day => ($"Meta will disable the WhatsApp account on {day}. {Manager}", "bad"),
            (MetaNotice.BanKind or MetaNotice.ViolationKind, _, _) => (notice.Message + Says(notice.Remediation), "bad"),
            (MetaNotice.RestrictionKind, _, _) => IsOver(notice, now) ? null : (Restricted(notice), "warn"),
            (MetaNotice.ReviewKind, "APPROVED", _) => ("Meta has approved the WhatsApp account.", "good"),
            (MetaNotice.ReviewKind, "REJECTED", _) => ($"Meta has rejected the WhatsApp account. {Manager}", "bad"),
            (MetaNotice.ReviewKind, _, _) => ("Meta is reviewing the WhatsApp account.", "off"),
            (MetaNotice.NameKind, "APPROVED", _) => ($"Meta has approved the name {Quoted(notice)}; customers see it from now on.", "good"),
            (MetaNotice.NameKind, "REJECTED", _) => ($"Meta has rejected the name {Quoted(notice)}. Choose another one in WhatsApp Manager.", "bad"),
            (MetaNotice.NameKind, _, _) => ($"Meta is reviewing the name {Quoted(notice)}.", "off"),
            (MetaNotice.LimitKind, "FLAGGED", _) => NumberText.IsFlagged(number)
                ? ("Meta has flagged the number for low quality: customers block or report its messages. Write only to people who expect it.", "bad")
                : null,
            (MetaNotice.LimitKind, "UNFLAGGED", _) => ("Meta no longer flags the number for low quality.", "good"),
            (MetaNotice.AlertKind, _, "CRITICAL") => (notice.Message, "bad"),
            _ => (notice.Message, "off"),
        };
        return words is { } said ? new NumberNote(said.Text, said.Tone, notice.At) : null;
    }

    /// <summary>Whether every restriction has ended; one without a known end has not.</summary>
    public static bool IsOver(NoticeView notice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.EndsAt <= now;
    }

    private static string Restricted(NoticeView notice)
    {
        string[] what = [.. notice.Restrictions.Select(restriction => What(restriction.Type)).OfType<string>().Distinct()];
        var until = notice.EndsAt is { } end ? $" until {end.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC" : "";
        var todo = string.Concat(notice.Restrictions.Select(restriction => restriction.Remediation).Distinct().Select(Says));
        return $"Meta restricts the WhatsApp account{until}{(what.Length is 0 ? "" : ": " + string.Join("; ", what))}. {Manager}{todo}";
    }

    private static string Says(string? remediation) => remediation is null ? "" : $" Meta says: “{remediation}”";

    private static string? What(string? restriction) => restriction switch
    {
        "RESTRICTED_BIZ_INITIATED_MESSAGING" => "you cannot begin conversations, only answer customers who wrote to you",
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" => "you cannot answer customers who write to you",
        "RESTRICTED_ADD_PHONE_NUMBER_ACTION" => "you cannot add numbers",
        "RESTRICTED_UTILITY_TEMPLATES" or "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" => "you cannot send utility templates",
        _ => null,
    };

    private static string Quoted(NoticeView notice) => notice.Name is { } name ? $"“{name}”" : "that was asked for";
}
