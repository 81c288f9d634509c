using WhatsAppOnboarding.Stores;

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
        number.PhoneNumberId == Number || (MetaText.Digits(DisplayPhone) is { } digits && MetaText.Digits(number.DisplayPhone) == digits);
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
