using System.Buffers;

namespace WhatsAppOnboarding;

internal static class OptionsPaths
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("?#\\{} ");

    public static IEnumerable<string> Errors(WhatsAppOnboardingPaths paths)
    {
        (string Key, string? Path)[] all =
        [
            (nameof(paths.Connect), paths.Connect),
            (nameof(paths.OAuth), paths.OAuth),
            (nameof(paths.Callback), paths.Callback),
            (nameof(paths.Status), paths.Status),
            (nameof(paths.Disconnect), paths.Disconnect),
            (nameof(paths.Webhooks), paths.Webhooks),
            (nameof(paths.Dashboard), paths.Dashboard),
            (nameof(paths.Onboarding), paths.Onboarding),
        ];
        return all
            .Where(entry => entry.Path is not ['/', ..] || entry.Path.StartsWith("//", StringComparison.Ordinal) || entry.Path.AsSpan().ContainsAny(Forbidden))
            .Select(entry => $"WhatsAppOnboarding:Paths:{entry.Key} must be a path of this host that starts with one slash, without query or spaces.");
    }
}
