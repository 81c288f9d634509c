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
            (NoticeKinds.Access or NoticeKinds.Other, _, _) => null,
            (NoticeKinds.Pause, _, _) => number.State is "paused" ? ($"{notice.Message} What customers write still arrives.", "warn") : (notice.Message, "good"),
            (NoticeKinds.Ban, _, "REINSTATE") => (notice.Message, "good"),
            (NoticeKinds.Ban, _, "SCHEDULE_FOR_DISABLE") when notice.Detail is { } day => ($"Meta will disable the WhatsApp account on {day}. {Manager}", "bad"),
            (NoticeKinds.Ban or NoticeKinds.Violation, _, _) => (notice.Message, "bad"),
            (NoticeKinds.Restriction, _, _) => IsOver(notice, now) ? null : (Restricted(notice), "warn"),
            (NoticeKinds.Review, "APPROVED", _) => ("Meta has approved the WhatsApp account.", "good"),
            (NoticeKinds.Review, "REJECTED", _) => ($"Meta has rejected the WhatsApp account. {Manager}", "bad"),
            (NoticeKinds.Review, _, _) => ("Meta is reviewing the WhatsApp account.", "off"),
            (NoticeKinds.Name, "APPROVED", _) => ($"Meta has approved the name {Quoted(notice)}; customers see it from now on.", "good"),
            (NoticeKinds.Name, "REJECTED", _) => ($"Meta has rejected the name {Quoted(notice)}. Choose another one in WhatsApp Manager.", "bad"),
            (NoticeKinds.Name, _, _) => ($"Meta is reviewing the name {Quoted(notice)}.", "off"),
            (NoticeKinds.Limit, "FLAGGED", _) => NumberText.IsFlagged(number)
                ? ("Meta has flagged the number for low quality: customers block or report its messages. Write only to people who expect it.", "bad")
                : null,
            (NoticeKinds.Limit, "UNFLAGGED", _) => ("Meta no longer flags the number for low quality.", "good"),
            (NoticeKinds.Alert, _, "CRITICAL") => (notice.Message, "bad"),
            _ => (notice.Message, "off"),
        };
        return words is { } said ? new NumberNote(said.Text, said.Tone, notice.At) : null;
    }

    /// <summary>Whether every restriction has ended that was told with an end.</summary>
    public static bool IsOver(NoticeView notice, DateTimeOffset now) => Ends(notice) is { Count: > 0 } ends && ends.All(end => end <= now);

    private static string Restricted(NoticeView notice)
    {
        string[] what = [.. (notice.Reason ?? "").Split("; ").Select(What).OfType<string>().Distinct()];
        var until = Ends(notice) is { Count: > 0 } ends ? $" until {ends.Max().UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC" : "";
        return $"Meta restricts the WhatsApp account{until}{(what.Length is 0 ? "" : ": " + string.Join("; ", what))}. {Manager}";
    }

    private static string? What(string restriction) => restriction switch
    {
        "RESTRICTED_BIZ_INITIATED_MESSAGING" => "you cannot begin conversations, only answer customers who wrote to you",
        "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" => "you cannot answer customers who write to you",
        "RESTRICTED_ADD_PHONE_NUMBER_ACTION" => "you cannot add numbers",
        "RESTRICTED_UTILITY_TEMPLATES" or "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES" => "you cannot send utility templates",
        _ => null,
    };

    private static List<DateTimeOffset> Ends(NoticeView notice) =>
    [
        .. (notice.Detail ?? "").Split("; ").Where(part => part.StartsWith("until ", StringComparison.Ordinal))
            .Select(part => DateTimeOffset.TryParse(part[6..], CultureInfo.InvariantCulture, out var end) ? end : DateTimeOffset.MaxValue),
    ];

    private static string Quoted(NoticeView notice) => notice.Detail is { } name ? $"“{name}”" : "that was asked for";
}
