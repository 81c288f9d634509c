using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>Whether what Meta says is news for a number: webhooks come twice, late and out of order.</summary>
internal static class NoticeRules
{
    /// <summary>Our own clock may be a little behind.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>
    /// It may also be ahead, and then a real loss of access looks older than the connection. What is older indeed wipes nothing, for the check asks with the
    /// newer token.
    /// </summary>
    private static readonly TimeSpan AccessSlack = TimeSpan.FromMinutes(5);

    /// <summary>When it happened. A time that lies ahead would make everything after it look old.</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset at, DateTimeOffset now) => at > now + ClockSlack ? now : at;

    /// <summary>What has no time may be of any age and come again for ever: it is noted and begins no pause.</summary>
    public static MetaNotice WithoutTime(this MetaNotice notice) => notice with { Holds = false };

    /// <summary>Whether the number takes it: it is held, was not connected since, and knows nothing newer of that kind.</summary>
    public static bool Applies(this MetaNotice notice, PhoneNumber number) =>
        number.IsHeld && notice.At >= EarliestOf(notice.Kind, number) && (number.Notice(notice.Kind) is not { } last || (IsNewer(notice, last) && !IsBegunBy(last, notice)));

    /// <summary>
    /// Meta's times are whole seconds. Of two events in the same one the later arrival counts, but what begins a pause never undoes its end, and about access
    /// Meta was asked already when the first was found not to be so.
    /// </summary>
    private static bool IsNewer(MetaNotice notice, MetaNotice last) =>
        notice.At > last.At
        || (notice.At == last.At && (notice.Event, notice.Reason) != (last.Event, last.Reason) && last.Event != MetaEvents.Reconnected && !IsUndone(last));

    private static bool IsUndone(MetaNotice notice) => notice is { Kind: NoticeKinds.Access, Detail: MetaNotice.Undone };

    /// <summary>Whether it is what began a hold, now without one: what begins a pause never ends it.</summary>
    private static bool IsBegunBy(MetaNotice last, MetaNotice notice) => last.Holds && !notice.Holds && last.Event == notice.Event;

    private static DateTimeOffset EarliestOf(string kind, PhoneNumber number) =>
        DateTimeOffset.FromUnixTimeSeconds(number.ConnectedAt.ToUnixTimeSeconds()) - (kind is NoticeKinds.Access ? AccessSlack : TimeSpan.Zero);
}
