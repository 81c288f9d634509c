using System.Globalization;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>Graph API versions and their last days: https://developers.facebook.com/docs/graph-api/changelog.</summary>
internal static class GraphVersions
{
    private static readonly Dictionary<string, string?> UsableUntil = new()
    {
        ["v26.0"] = null,
        ["v25.0"] = "2028-07-29",
        ["v24.0"] = "2028-02-18",
        ["v23.0"] = "2027-10-08",
        ["v22.0"] = "2027-05-20",
        ["v21.0"] = "2027-01-21",
        ["v20.0"] = "2026-09-24",
        ["v19.0"] = "2026-05-21",
    };

    /// <summary>Null when the version can be used; otherwise why not.</summary>
    /// <remarks>Which codes Meta answers is a guess; that such calls cannot be relied on is not.</remarks>
    public static GraphFailure? Refuse(string version, DateTimeOffset now)
    {
        if (!UsableUntil.TryGetValue(version, out var end))
            return new GraphFailure(400, 100, $"(#100) Unknown Graph API version '{version}'. Send one such as v25.0.");
        if (end is not null && now >= DateTimeOffset.Parse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
            return new GraphFailure(400, 2635, $"(#2635) You are calling a deprecated version ({version}) of the API. Please update to the latest version.");
        return null;
    }
}
