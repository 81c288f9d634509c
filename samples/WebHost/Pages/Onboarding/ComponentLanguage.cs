namespace WebHost.Pages.Onboarding;

/// <summary>In which of its languages the web component speaks; the sample's own pages are in English.</summary>
internal static class ComponentLanguage
{
    private static readonly string[] Known = ["en", "es", "pt"];

    /// <summary>The one that the browser likes best.</summary>
    public static string Of(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(accepted => accepted.Quality is null or > 0)
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => accepted.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(Known.Contains) ?? "en";
}
