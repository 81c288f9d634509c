using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Notices;

/// <summary>What Meta says, and which numbers of the WABA it is about.</summary>
/// <param name="Notice">What it says.</param>
/// <param name="Scope">Which numbers, unless one is named.</param>
internal sealed record TargetedNotice(MetaNotice Notice, NoticeScope Scope = NoticeScope.Waba)
{
    /// <summary>The telephone number that it names: compared within the WABA only.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary>The number that it names by its id.</summary>
    public PhoneNumberId? Number { get; init; }

    /// <summary>The name that customers see from now on; null when that stays as it is.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>The account's numbers that it is about.</summary>
    public IReadOnlyList<PhoneNumber> NumbersIn(AccountPhoneNumbers account, WabaId waba)
    {
        PhoneNumber[] held = [.. account.Numbers.Where(number => number.IsHeld && number.WabaId == waba)];
        PhoneNumber[] named = [.. held.Where(IsNamed)];
        return Scope switch
        {
            _ when named.Length > 0 => named,
            NoticeScope.Named => [],
            NoticeScope.Coexistence when held.Any(number => number.IsOnBizApp is true) => [.. held.Where(number => number.IsOnBizApp is true)],
            _ => held,
        };
    }

    private bool IsNamed(PhoneNumber number) =>
        number.PhoneNumberId == Number || TelephoneNumber.Same(DisplayPhone, number.DisplayPhone);
}

/// <summary>Which numbers of a WABA a notice is about when it names none that is held.</summary>
internal enum NoticeScope
{
    /// <summary>All of them.</summary>
    Waba = 0,

    /// <summary>None.</summary>
    Named = 1,

    /// <summary>Those in use in the WhatsApp Business app, if any is known to be; else all.</summary>
    Coexistence = 2,
}

/// <summary>Whether what Meta says is news for a number: webhooks come twice, late and out of order.</summary>
internal static class NoticeRules
{
    /// <summary>
    /// It may also be ahead, and then a real loss of access looks older than the connection. What is older indeed wipes nothing, for the check asks with the
    /// newer token.
    /// </summary>
    private static readonly TimeSpan AccessSlack = TimeSpan.FromMinutes(5);

    /// <summary>When it happened. Our own clock may be behind; a time that lies further ahead would make everything after it look old.</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset at, DateTimeOffset now) => at > now + NodeClocks.Apart ? now : at;

    /// <summary>What has no time may be of any age and come again for ever: it is noted and begins no pause.</summary>
    public static MetaNotice WithoutTime(this MetaNotice notice) => notice with { StopsSending = false };

    /// <summary>Whether the number takes it: it is held, was not connected since, and knows nothing newer of that kind.</summary>
    public static bool Applies(this MetaNotice notice, PhoneNumber number) =>
        number.IsHeld && notice.At >= EarliestOf(notice.Kind, number) && (number.Notice(notice.Kind) is not { } last || (IsNewer(notice, last) && !IsBegunBy(last, notice)));

    /// <summary>
    /// Meta's times are whole seconds. Of two events in the same one the later arrival counts, but what begins a pause never undoes its end, and about access
    /// Meta was asked already when the first was found not to be so.
    /// </summary>
    private static bool IsNewer(MetaNotice notice, MetaNotice last) =>
        notice.At > last.At
        || (notice.At == last.At && !SaysTheSame(notice, last) && last.Event != MetaEvents.Reconnected && !last.Undone);

    private static bool SaysTheSame(MetaNotice notice, MetaNotice last) =>
        (notice.Event, notice.Reason) == (last.Event, last.Reason) && notice.Restrictions.SequenceEqual(last.Restrictions);

    /// <summary>Whether it is what began a hold, now without one: what begins a pause never ends it.</summary>
    private static bool IsBegunBy(MetaNotice last, MetaNotice notice) => last.StopsSending && !notice.StopsSending && last.Event == notice.Event;

    /// <summary>The clock of who connected it may have been ahead. A pause from before would hold a number back that was connected anew to end it.</summary>
    private static DateTimeOffset EarliestOf(string kind, PhoneNumber number) => DateTimeOffset.FromUnixTimeSeconds(number.ConnectedAt.ToUnixTimeSeconds()) - kind switch
    {
        MetaNotice.AccessKind => AccessSlack,
        MetaNotice.PauseKind => TimeSpan.Zero,
        _ => NodeClocks.Apart,
    };
}
