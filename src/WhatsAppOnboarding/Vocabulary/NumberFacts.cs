namespace WhatsAppOnboarding;

/// <summary>What Meta says of a business phone number now. All but the id may be unknown, which is never to be read as a no.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
public sealed record NumberFacts
{
    /// <summary>The number's id.</summary>
    public required PhoneNumberId Id { get; init; }

    /// <summary>The telephone number, written for people: <c>+1 631-555-0100</c>.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>The name that customers see.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>How well its messages are received.</summary>
    public QualityRating QualityRating { get; init; }

    /// <summary>Whether it can send and receive.</summary>
    public NumberStatus Status { get; init; }

    /// <summary>Whether somebody proved to own it.</summary>
    public CodeVerificationStatus CodeVerificationStatus { get; init; }

    /// <summary>Where it is registered.</summary>
    public PlatformType PlatformType { get; init; }

    /// <summary>Whether it is in use in the WhatsApp Business app; together with <see cref="PlatformType.CloudApi"/> this means coexistence.</summary>
    public bool? IsOnBizApp { get; init; }

    /// <summary>What became of the name's review, in Meta's word.</summary>
    public string? NameStatus { get; init; }

    /// <summary>The name that was asked for instead; null when none was. Text from outside.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/display-names</remarks>
    public string? NewDisplayName { get; init; }

    /// <summary>What became of the review of <see cref="NewDisplayName"/>, in Meta's word.</summary>
    public string? NewNameStatus { get; init; }

    /// <summary><c>LIVE</c> or <c>SANDBOX</c>, in Meta's word.</summary>
    public string? AccountMode { get; init; }
}
