using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>
/// The one place where Meta's words on a number are weighed against each other and against what was proved: a plain word of <c>status</c> beats everything else,
/// and a word that is not known is never the good answer. docs/numbers.md has it as a table.
/// </summary>
internal static class NumberStandings
{
    /// <summary>The words of <c>status</c> that Meta has, and those that stand for what it did not say.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
    public static IReadOnlyList<NumberStanding> OfStatus { get; } =
    [
        new("CONNECTED", true, null),
        new("FLAGGED", true, "status_flagged"),
        new("RATE_LIMITED", true, "status_rate_limited"),
        new("PENDING", false, "status_pending") { RegisteringHelps = true },
        new("DISCONNECTED", false, "status_disconnected") { RegisteringHelps = true },
        new("UNVERIFIED", false, "status_unverified") { RegisteringHelps = true },
        new("OFFLINE", false, "status_offline") { RegisteringHelps = true },
        new("RESTRICTED", false, "status_restricted"),
        new("BANNED", false, "status_banned"),
        new("DELETED", false, "status_deleted"),
        new("MIGRATED", false, "status_migrated"),
    ];

    /// <summary>What a word of <c>status</c> means that Meta did not have when this was written.</summary>
    public static NumberStanding OfUnknownWord { get; } = new("another word", null, "status_unknown");

    /// <summary>Where Meta says nothing of <c>status</c>: by <c>platform_type</c>, and whether a registration was proved.</summary>
    public static IReadOnlyList<NumberStanding> OfPlatform { get; } =
    [
        new("CLOUD_API", true, null),
        new("ON_PREMISE", false, "on_premise"),
        new("NOT_APPLICABLE", false, NotRegistered) { RegisteringHelps = true },
    ];

    /// <summary>Where Meta says nothing at all.</summary>
    public static NumberStanding Unsaid { get; } = new("nothing", null, "status_unsaid");

    /// <summary>The words of <c>name_status</c>, which only warn; a word that Meta did not have when this was written is not known, and not good.</summary>
    public static IReadOnlyList<(string Word, string? Finding)> OfName { get; } =
    [
        ("APPROVED", null), ("AVAILABLE_WITHOUT_REVIEW", null), ("PENDING_REVIEW", "name_pending"), ("NONE", null), ("NON_EXISTS", null),
        (NameDeclined, NameDeclinedFinding), ("EXPIRED", "name_expired"),
    ];

    /// <summary>The words of <c>new_name_status</c> that say something of a name that was asked for instead; all others say nothing.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/display-names</remarks>
    public static IReadOnlyList<(string Word, string Finding)> OfNewName { get; } =
        [("PENDING_REVIEW", "new_name_pending"), (NameDeclined, NewNameDeclinedFinding), ("APPROVED", NewNameApproved), ("EXPIRED", "new_name_expired")];

    public const string NameDeclinedFinding = "name_declined", NewNameDeclinedFinding = "new_name_declined", NewNameApproved = "new_name_approved";

    /// <summary>Every standing that there is.</summary>
    public static IEnumerable<NumberStanding> All => [.. OfPlatform.Where(row => row.RegisteringHelps), .. OfStatus, .. OfPlatform, OfUnknownWord, Unsaid];

    private const string NotRegistered = "not_registered";
    private const string NameDeclined = "DECLINED";
    private const string NameUnknown = "name_unknown";

    /// <summary>How the number stands by all that Meta said of it.</summary>
    public static NumberStanding Of(PhoneNumber number)
    {
        var standing = Of(number.Status, number.PlatformType, number.Evidence.RegisteredAt is not null, number.MayBeCoexistence());
        return number.Findings.Any(finding => finding.Code == Finding.NotLive) && standing.IsUsable is true
            ? standing with { IsUsable = false, Finding = standing.Finding ?? Finding.NotLive }
            : standing;
    }

    /// <inheritdoc cref="Of(PhoneNumber)"/>
    /// <param name="status">Meta's word.</param>
    /// <param name="platform">Meta's word.</param>
    /// <param name="isProved">Whether it was registered, or listed as registered, since it was connected.</param>
    /// <param name="isInApp">Whether it stays in the WhatsApp Business app, where it is never registered.</param>
    public static NumberStanding Of(NumberStatus status, PlatformType platform, bool isProved, bool isInApp = false)
    {
        var isNowhere = platform == PlatformType.NotApplicable && !isProved;
        if (status.IsKnown)
        {
            var said = Find(OfStatus, status.ToString()) ?? OfUnknownWord;

            // Where registering is the cure, that is the finding.
            return said.RegisteringHelps && isNowhere && !isInApp ? said with { Finding = NotRegistered }
                : said.IsUsable is true && platform == PlatformType.OnPremise ? OfPlatform[1]
                : said;
        }

        return isNowhere && isInApp ? Unsaid
            : isNowhere || platform == PlatformType.OnPremise || platform == PlatformType.CloudApi ? Find(OfPlatform, platform.ToString())!
            : platform.IsKnown && platform != PlatformType.NotApplicable ? OfUnknownWord
            : isProved ? OfPlatform[0]
            : Unsaid;
    }

    /// <summary>Whether that word of <c>account_mode</c> means real customers; every other one, known or not, does not.</summary>
    public static bool IsLive(string mode) => Is("LIVE", mode);

    /// <summary>What is to be noticed of its name; null for nothing.</summary>
    public static string? NameFinding(string? nameStatus) =>
        string.IsNullOrEmpty(nameStatus) ? null : OfName.Where(row => Is(row.Word, nameStatus)).Select(row => row.Finding).FirstOrDefault(NameUnknown);

    /// <summary>What is to be noticed of a name that was asked for instead of the one that customers see; null for nothing.</summary>
    public static string? NewNameFinding(PhoneNumber number) =>
        number.NewDisplayName == number.VerifiedName ? null : OfNewName.Where(row => Is(row.Word, number.NewNameStatus)).Select(row => row.Finding).FirstOrDefault();

    /// <summary>Whether Meta plainly refuses the name, so that a registration would only cost a try.</summary>
    public static bool IsNameDeclined(string? nameStatus) => Is(NameDeclined, nameStatus);

    /// <summary>As <see cref="IsNameDeclined"/>, or nobody knows what Meta says of the name.</summary>
    public static bool IsNameInDoubt(string? nameStatus) => IsNameDeclined(nameStatus) || NameFinding(nameStatus) is NameUnknown;

    /// <summary>Whether a word of Meta's speaks against the number that no registration can cure.</summary>
    public static bool IsBeyondRegistering(NumberStatus status) => Find(OfStatus, status.ToString()) is { IsUsable: false, RegisteringHelps: false };

    private static NumberStanding? Find(IEnumerable<NumberStanding> rows, string word) => rows.FirstOrDefault(row => Is(row.Word, word));

    private static bool Is(string word, string? said) => string.Equals(word, said, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a word of Meta's means for a number.</summary>
/// <param name="Word">The word.</param>
/// <param name="IsUsable">Whether the number may count as connected, if all else is proved; null when that is not known, which never counts as yes.</param>
/// <param name="Finding">The code of what is to be noticed; null for nothing.</param>
internal sealed record NumberStanding(string Word, bool? IsUsable, string? Finding)
{
    /// <summary>Whether registering, or verifying before it, can cure it.</summary>
    public bool RegisteringHelps { get; init; }
}
