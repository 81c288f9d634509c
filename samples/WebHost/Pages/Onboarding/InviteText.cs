using System.Globalization;

namespace WebHost.Pages.Onboarding;

/// <summary>What became of a link, in words.</summary>
public static class InviteText
{
    public static (string Text, string Tone) State(SetupLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.State switch
        {
            SetupLink.Open => ("Waiting", ""),
            SetupLink.Pressed => ("In use", "warn"),
            SetupLink.Used => ("Used", "good"),
            SetupLink.Revoked => ("Taken back", "bad"),
            _ => ("Over", "bad"),
        };
    }

    public static string About(SetupLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var what = link.Kind is SetupLink.ForReconnect ? $"Again: {link.ExpectedNumber}." : link.ExpectedNumber is { } number ? $"Number: {number}." : "Any number.";
        var when = link switch
        {
            { UsedAt: { } used } => $"Used on {Day(used)}.",
            { RevokedAt: { } revoked } => $"Taken back on {Day(revoked)}{(link.RevokedBy is { } person ? $" by {person}" : "")}.",
            _ => $"Until {Day(link.ExpiresAt)}.",
        };
        return $"{what} {when} Made on {Day(link.CreatedAt)}{(link.Creator is { } creator ? $" by {creator}" : "")}.";
    }

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
