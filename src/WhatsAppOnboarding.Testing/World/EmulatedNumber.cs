namespace WhatsAppOnboarding.Testing;

/// <summary>A business phone number. Properties may be set at any time; the next call sees them.</summary>
public sealed class EmulatedNumber
{
    internal EmulatedNumber(EmulatedWaba waba, string id, string displayPhoneNumber, string verifiedName, long sequence)
    {
        Waba = waba;
        Id = id;
        DisplayPhoneNumber = displayPhoneNumber;
        VerifiedName = verifiedName;
        Sequence = sequence;
    }

    /// <summary>The phone number id, digits.</summary>
    public string Id { get; }

    /// <summary>The WABA that it belongs to.</summary>
    public EmulatedWaba Waba { get; }

    /// <summary>The number as Meta shows it, for example <c>+1 631-555-0100</c>.</summary>
    public string DisplayPhoneNumber { get; set; }

    /// <summary>The name that customers see.</summary>
    public string VerifiedName { get; set; }

    /// <summary>Meta's <c>status</c>; only CONNECTED can send.</summary>
    /// <value>CONNECTED.</value>
    public string Status { get; set; } = "CONNECTED";

    /// <summary>Meta's <c>quality_rating</c>: GREEN, YELLOW, RED, UNKNOWN or NA.</summary>
    /// <value>GREEN.</value>
    public string QualityRating { get; set; } = "GREEN";

    /// <summary>Meta's <c>code_verification_status</c>: VERIFIED, NOT_VERIFIED or EXPIRED.</summary>
    /// <value>VERIFIED.</value>
    public string CodeVerificationStatus { get; set; } = "VERIFIED";

    /// <summary>Meta's <c>platform_type</c>: CLOUD_API, ON_PREMISE or NOT_APPLICABLE (not registered).</summary>
    /// <value>CLOUD_API.</value>
    public string PlatformType { get; set; } = "CLOUD_API";

    /// <summary>Meta's <c>name_status</c>.</summary>
    /// <value>APPROVED.</value>
    public string NameStatus { get; set; } = "APPROVED";

    /// <summary>Meta's <c>account_mode</c>: LIVE or SANDBOX.</summary>
    /// <value>LIVE.</value>
    public string AccountMode { get; set; } = "LIVE";

    /// <summary>Whether the number is (also) in the WhatsApp Business app; with CLOUD_API that is coexistence.</summary>
    public bool IsOnBizApp { get; set; }

    internal long Sequence { get; }

    internal string Digits => string.Concat(DisplayPhoneNumber.Where(char.IsAsciiDigit));

    /// <summary>Takes the number out of its WABA, as if the customer had deleted it.</summary>
    public void Remove() => Waba.Remove(this);
}
