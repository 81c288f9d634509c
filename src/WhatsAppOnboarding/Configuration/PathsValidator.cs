using System.Buffers;

namespace WhatsAppOnboarding.Configuration;

internal static class PathsValidator
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~!$&'()*+,;=:@%");

    public static IEnumerable<string> Errors(WhatsAppOnboardingPaths paths)
    {
        (string Key, string? Path)[] all =
        [
            (nameof(paths.Connect), paths.Connect),
            (nameof(paths.OAuth), paths.OAuth),
            (nameof(paths.Callback), paths.Callback),
            (nameof(paths.Status), paths.Status),
            (nameof(paths.Attention), paths.Attention),
            (nameof(paths.Disconnect), paths.Disconnect),
            (nameof(paths.Attempts), paths.Attempts),
            (nameof(paths.Choose), paths.Choose),
            (nameof(paths.Steps), paths.Steps),
            (nameof(paths.Pin), paths.Pin),
            (nameof(paths.Component), paths.Component),
            (nameof(paths.AttentionComponent), paths.AttentionComponent),
            (nameof(paths.Links), paths.Links),
            (nameof(paths.Webhooks), paths.Webhooks),
            (nameof(paths.Deauthorize), paths.Deauthorize),
            (nameof(paths.DataDeletion), paths.DataDeletion),
            (nameof(paths.Dashboard), paths.Dashboard),
            (nameof(paths.Onboarding), paths.Onboarding),
        ];
        // A prefix may stand before the accounts' routes, and not before Meta's.
        var sides = new[] { all.Take(12), all.Skip(12).Take(4) };
        var twice = sides.SelectMany(side => side.GroupBy(entry => entry.Path, StringComparer.OrdinalIgnoreCase)).Where(group => group.Count() > 1).Select(group =>
            $"WhatsAppOnboarding:Paths: {string.Join(" and ", group.Select(entry => entry.Key))} are the same. Give each route a path of its own.");
        return twice.Concat(all
            .Where(entry => entry.Path is not ['/', ..] || entry.Path.StartsWith("//", StringComparison.Ordinal) || entry.Path.AsSpan().ContainsAnyExcept(Allowed))
            .Select(entry => $"WhatsAppOnboarding:Paths:{entry.Key} must be a path of this host that starts with one slash, without query or spaces."));
    }
}
