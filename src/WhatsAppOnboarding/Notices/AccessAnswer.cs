using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>What Meta answered about a number.</summary>
/// <param name="Asked">The number as it was when Meta was asked.</param>
/// <param name="IsShown">Whether its token still shows it.</param>
/// <param name="AskedAt">When Meta was asked.</param>
internal sealed record AccessAnswer(PhoneNumber Asked, bool IsShown, DateTimeOffset AskedAt)
{
    /// <summary>What follows from it: null when nothing does, because it was connected anew or something newer was said since.</summary>
    public PhoneNumber? Settle(AccountPhoneNumbers account, DateTimeOffset now) =>
        account.Find(Asked.PhoneNumberId) is { IsHeld: true } number
        && number.Generation == Asked.Generation
        && number.Notice(NoticeKinds.Access) is { Holds: true } doubt
        && doubt == Asked.Notice(NoticeKinds.Access)
            ? IsShown ? Undone(number, doubt) : Disconnected(number, doubt, now)
            : null;

    /// <summary>The number with what it says of access: null when it was connected anew, or something newer is known.</summary>
    public PhoneNumber? Prove(AccountPhoneNumbers account) =>
        account.Find(Asked.PhoneNumberId) is { IsHeld: true } number && number.Generation == Asked.Generation && !number.Evidence.IsAnsweredSince(AskedAt)
            ? number.Answered(IsShown, AskedAt)
            : null;

    private PhoneNumber Undone(PhoneNumber number, MetaNotice doubt) =>
        number.WithNotice(doubt with { Holds = false, Detail = MetaNotice.Undone }).Answered(true, AskedAt);

    private static PhoneNumber Disconnected(PhoneNumber number, MetaNotice doubt, DateTimeOffset now) =>
        number.WithNotice(doubt with { Holds = false }).Disconnected(MetaEvents.ReasonOf(doubt), now, doubt.Initiator);
}
