using System.Text.Json.Serialization;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>A business phone number. Properties may be set at any time; the next call sees them.</summary>
public sealed partial class EmulatedNumber
{
    private readonly List<EmulatedVerificationCode> _codes = [];
    private readonly List<EmulatedAppDataSync> _syncs = [];

    internal EmulatedNumber(EmulatedWaba waba, string id, string displayPhoneNumber, string verifiedName, long sequence)
    {
        Waba = waba;
        Id = id;
        DisplayPhoneNumber = displayPhoneNumber;
        VerifiedName = verifiedName;
        Sequence = sequence;
        Registering = new CallBudget(waba.Owner.World.Gate);
        Deregistering = new CallBudget(waba.Owner.World.Gate);
        PinGuesses = new PinGuard();
    }

    /// <summary>The phone number id, digits.</summary>
    public string Id { get; }

    /// <summary>The WABA that it belongs to.</summary>
    public EmulatedWaba Waba { get; }

    /// <summary>The number as Meta shows it, for example <c>+1 631-555-0100</c>.</summary>
    public string DisplayPhoneNumber { get; set; }

    /// <summary>The name that customers see.</summary>
    public string VerifiedName { get; set; }

    /// <summary>Meta's <c>status</c>; only CONNECTED and FLAGGED can send. BANNED is refused with 131031, RESTRICTED with 368, RATE_LIMITED with 131048, all others with 133010.</summary>
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

    /// <summary>Meta's <c>name_status</c>. A number whose name is DECLINED or NON_EXISTS is not registered (100, 2388001).</summary>
    /// <value>APPROVED.</value>
    public string NameStatus { get; set; } = "APPROVED";

    /// <summary>Meta's <c>new_display_name</c>: the name that was asked for instead; null when none was. Registering takes it over once it is approved.</summary>
    /// <value>Null.</value>
    public string? NewDisplayName { get; set; }

    /// <summary>Meta's <c>new_name_status</c>, such as PENDING_REVIEW.</summary>
    /// <value>NONE.</value>
    public string NewNameStatus { get; set; } = "NONE";

    /// <summary>Meta's <c>account_mode</c>: LIVE or SANDBOX.</summary>
    /// <value>LIVE.</value>
    public string AccountMode { get; set; } = "LIVE";

    /// <summary>The level in Meta's <c>throughput</c>: STANDARD or HIGH. A number that is not on CLOUD_API shows NOT_APPLICABLE.</summary>
    /// <value>STANDARD. It is told, not enforced.</value>
    public string ThroughputLevel { get; set; } = "STANDARD";

    /// <summary>What <c>health_status</c> finds wrong, beside what the world says by itself.</summary>
    /// <value>Empty.</value>
    public IReadOnlyList<EmulatedHealthFinding> HealthFindings { get; set; } = [];

    /// <summary>Whether conversations are routed to another responder: what customers write comes as <c>standby</c>, or not at all. Meta does not say so by itself.</summary>
    /// <value>False.</value>
    public bool IsRoutedElsewhere { get; set; }

    /// <summary>Whether the app has the standby role: it gets copies of what others handle. Without it nothing comes while <see cref="IsRoutedElsewhere"/>.</summary>
    /// <value>True.</value>
    public bool IsOnStandby { get; set; } = true;

    /// <summary>The business profile.</summary>
    public EmulatedProfile Profile { get; } = new();

    /// <summary>Its files at Meta that were not deleted: uploaded through the API, or sent by customers.</summary>
    public IReadOnlyList<EmulatedMedia> Media => Waba.Owner.World.Media.Of(this);

    /// <summary>Whether the number is (also) in the WhatsApp Business app; with CLOUD_API that is coexistence.</summary>
    public bool IsOnBizApp { get; set; }

    /// <summary>The two-step verification PIN.</summary>
    /// <value>Null: two-step verification is off, as for a number fresh from a signup.</value>
    [JsonIgnore]
    public string? TwoStepPin { get; set; }

    /// <summary>When the number was onboarded: the last grant of its WABA. For a coexistence number the first one since the customer removed the app, for its day to ask for data is not renewed.</summary>
    /// <value>Null: not yet.</value>
    public DateTimeOffset? OnboardedAt { get; set; }

    /// <summary>Calls of <c>register</c> that counted towards Meta's limit, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Registrations => Registering.Taken;

    /// <summary>The verification codes that came to the phone, oldest first.</summary>
    public IReadOnlyList<EmulatedVerificationCode> VerificationCodes
    {
        get
        {
            lock (Waba.Owner.World.Gate)
                return [.. _codes];
        }
    }

    /// <summary>The verification code that came to the phone last, or null.</summary>
    [JsonIgnore]
    public string? LastCode => VerificationCodes is [.., var last] ? last.Code : null;

    /// <summary>The data of the WhatsApp Business app that was asked for, oldest first.</summary>
    public IReadOnlyList<EmulatedAppDataSync> AppDataSyncs
    {
        get
        {
            lock (Waba.Owner.World.Gate)
                return [.. _syncs];
        }
    }

    internal CallBudget Registering { get; }

    internal CallBudget Deregistering { get; }

    internal PinGuard PinGuesses { get; }

    internal bool IsCoexistence => IsOnBizApp && PlatformType == "CLOUD_API";

    /// <summary>Meta's code when nothing can be sent, or null.</summary>
    internal int? SendRefusal => Waba.IsDisabled ? 131031 : Waba.IsOffboarded ? 133010 : Status switch
    {
        "CONNECTED" or "FLAGGED" => null,
        "BANNED" => 131031,
        "RESTRICTED" => 368,
        "RATE_LIMITED" => 131048,
        _ => 133010,
    };

    internal long Sequence { get; }

    internal string Digits => string.Concat(DisplayPhoneNumber.Where(char.IsAsciiDigit));

    /// <summary>Takes the number out of its WABA, as if the customer had deleted it.</summary>
    public void Remove() => Waba.Remove(this);

    /// <summary>Ends the registration with Cloud API, as somebody else's call of <c>deregister</c>: PENDING, NOT_APPLICABLE. Meta sends nothing.</summary>
    public void Deregister() => (Status, PlatformType) = ("PENDING", "NOT_APPLICABLE");

    /// <summary>All of the number itself is well again: CONNECTED, registered, GREEN, its name approved, conversations routed to the app. Meta sends nothing.</summary>
    public void Recover() => (Status, PlatformType, QualityRating, NameStatus, IsRoutedElsewhere) = ("CONNECTED", "CLOUD_API", "GREEN", "APPROVED", false);

    /// <summary>Puts a file at Meta as if a customer had sent it to this number; <see cref="MetaMessages.Media(EmulatedNumber, EmulatedCustomer, EmulatedMedia, string, string, string)"/> then tells of it.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="mimeType">For example <c>image/jpeg</c>.</param>
    /// <param name="fileName">The name of a document, or null.</param>
    public EmulatedMedia AddMedia(ReadOnlyMemory<byte> content, string mimeType, string? fileName = null) =>
        Waba.Owner.World.Media.Add(this, content, mimeType, fileName, fromCustomer: true, Waba.Owner.World.Now);

    internal void Onboard(DateTimeOffset now) => OnboardedAt = (IsCoexistence ? OnboardedAt : null) ?? now;

    internal void Offboard()
    {
        OnboardedAt = null;
        _syncs.Clear();
    }

    internal void Receive(EmulatedVerificationCode code) => _codes.Add(code);

    internal void Add(EmulatedAppDataSync sync) => _syncs.Add(sync);
}
