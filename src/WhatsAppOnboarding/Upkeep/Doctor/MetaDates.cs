using System.Globalization;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>A day after which something at Meta is no longer as the code, or a host's configuration, takes it to be.</summary>
/// <param name="Day">The first day on which it no longer holds; of a half-year that Meta names no day of, its first.</param>
/// <param name="What">What happens then.</param>
/// <param name="Cure">What the operator does before.</param>
internal sealed record MetaDate(DateOnly Day, string What, string Cure)
{
    private const int WarnedDays = 90;

    /// <summary>The Graph API version that ends then; null when it is something else.</summary>
    public string? GraphVersion { get; init; }

    /// <summary>Whom it concerns, in words.</summary>
    public required string Whom { get; init; }

    /// <summary>Whether it concerns a host with these settings.</summary>
    public required Func<WhatsAppOnboardingOptions, bool> Concerns { get; init; }

    public bool IsOver(DateTimeOffset now) => DaysLeft(now) <= 0;

    /// <summary>Whether it is time to say so: from 90 days before, and ever after.</summary>
    public bool IsNear(DateTimeOffset now) => DaysLeft(now) <= WarnedDays;

    public int DaysLeft(DateTimeOffset now) => Day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>As it stands in a finding: what it is about and when.</summary>
    public override string ToString() => $"{(GraphVersion is null ? "" : $"{GraphVersion}, ")}{Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
}

/// <summary>
/// The one table of Meta's dates that this code, or what a host may configure, depends on. A version's end is two years after its successor appeared. Change it where Meta
/// changes a date, and with it what the date is about.
/// </summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/graph-api/changelog/versions and
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/versions
/// </remarks>
internal static class MetaDates
{
    /// <summary>The newest Graph API version, of which Meta has set no end.</summary>
    public const string NewestVersion = "v26.0";

    public static IReadOnlyList<MetaDate> All { get; } =
    [
        Version("v19.0", "2026-05-21"),
        Version("v20.0", "2026-09-24"),
        new(Parse("2026-10-15"), "Embedded Signup v2 and v3, and their previews, have ended.",
            "Make a configuration of v4 (App Dashboard > Facebook Login for Business > Configurations, with products), name it in WhatsAppOnboarding:ConfigurationId, and take the version out of WhatsAppOnboarding:PopupExtras.")
        {
            Whom = "hosts whose `PopupExtras` name version v2 or v3",
            Concerns = options => NamesSignup(options, "v2") || NamesSignup(options, "v3"),
        },
        new(Parse("2027-01-01"), "In the first half of 2027, on a day that Meta has not named, a new Graph API version demands a messaging account with each call for a number that has several, and signup v5 names accounts by other ids.",
            "Stay with a version of the Graph API and of the signup that this library names, until a newer release of it names a newer one.")
        {
            Whom = $"hosts with a Graph API version above {NewestVersion}, or signup v5",
            Concerns = options => IsAbove(options.GraphApiVersion, NewestVersion) || NamesSignup(options, "v5"),
        },
        Version("v21.0", "2027-01-21"),
        Version("v22.0", "2027-05-20"),
        Version("v23.0", "2027-10-08"),
        new(Parse("2028-01-01"), "In the first half of 2028, on a day that Meta has not named, other ids take the place of phone number ids in every call.",
            "Update this library to a release that knows the new ids.")
        {
            Whom = "every host",
            Concerns = _ => true,
        },
        Version("v24.0", "2028-02-18"),
        Version("v25.0", "2028-07-29"),
    ];

    /// <summary>Whether it is known whether and when a Graph API version ends.</summary>
    public static bool Knows(string version) => version == NewestVersion || EndOf(version) is not null;

    /// <summary>The end of a Graph API version; null when none is set, or the version is not known.</summary>
    public static MetaDate? EndOf(string version) => All.FirstOrDefault(date => date.GraphVersion == version);

    private static MetaDate Version(string version, string end) => new(
        Parse(end), $"Graph API {version} ends.", $"Set WhatsAppOnboarding:GraphApiVersion to a newer version, such as {new WhatsAppOnboardingOptions().GraphApiVersion}.")
    {
        GraphVersion = version,
        Whom = $"hosts with `GraphApiVersion` {version}",
        Concerns = options => options.GraphApiVersion == version,
    };

    private static DateOnly Parse(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Meta writes the versions of its signup as <c>"version":"v3"</c>, previews as <c>v3-public-preview</c>.</summary>
    private static bool NamesSignup(WhatsAppOnboardingOptions options, string version)
    {
        var extras = string.Concat(options.PopupExtras.Where(letter => !char.IsWhiteSpace(letter)));
        return extras.Contains($"\"version\":\"{version}\"", StringComparison.Ordinal) || extras.Contains($"\"version\":\"{version}-", StringComparison.Ordinal);
    }

    private static bool IsAbove(string version, string other) => NumberOf(version) > NumberOf(other);

    private static decimal NumberOf(string version) => decimal.TryParse(version.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
