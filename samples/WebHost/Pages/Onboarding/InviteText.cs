using Microsoft.Extensions.Localization;

namespace WebHost.Pages.Onboarding;

/// <summary>What became of a link, in words.</summary>
public static class InviteText
{
    public static (string Text, string Tone) State(SetupLink link, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(words);
        return link.State switch
        {
            SetupLink.Open => (words["Waiting"], ""),
            SetupLink.Pressed => (words["In use"], "warn"),
            SetupLink.Used => (words["Used"], "good"),
            SetupLink.Revoked => (words["Taken back"], "bad"),
            _ => (words["Over"], "bad"),
        };
    }

    public static string About(SetupLink link, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(words);
        string what = link switch
        {
            { Kind: SetupLink.ForReconnect } => words["Again: {0}.", link.ExpectedNumber ?? ""],
            { ExpectedNumber: { } number } => words["Number: {0}.", number],
            _ => words["Any number."],
        };
        string when = link switch
        {
            { UsedAt: { } used } => words["Used on {0}.", Moments.InWords(used)],
            { RevokedAt: { } revoked, RevokedBy: { } person } => words["Taken back on {0} by {1}.", Moments.InWords(revoked), person],
            { RevokedAt: { } revoked } => words["Taken back on {0}.", Moments.InWords(revoked)],
            _ => words["Until {0}.", Moments.InWords(link.ExpiresAt)],
        };
        string made = link.Creator is { } creator ? words["Made on {0} by {1}.", Moments.InWords(link.CreatedAt), creator] : words["Made on {0}.", Moments.InWords(link.CreatedAt)];
        return $"{what} {when} {made}";
    }
}
