using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>What is wrong with the settings of a host, by themselves.</summary>
internal static class SettingFindings
{
    public static async IAsyncEnumerable<Finding> FindAsync(Examined host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var finding in Versions(host).Concat(Login(host)).Concat(Redirect(host)).Concat(Others(host)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Versions(Examined host)
    {
        if (!MetaDates.Knows(host.Options.GraphApiVersion))
            yield return host.Found("graph_version_unknown", host.Options.GraphApiVersion);
        foreach (var date in MetaDates.All.Where(date => date.Concerns(host.Options) && date.IsNear(host.Now)))
        {
            yield return date.GraphVersion is null
                ? host.Found(date.IsOver(host.Now) ? "meta_date_over" : "meta_date_near", date.ToString()) with { Message = date.What, Action = date.Cure }
                : host.Found(date.IsOver(host.Now) ? "graph_version_ended" : "graph_version_ends", date.ToString());
        }
    }

    private static IEnumerable<Finding> Login(Examined host)
    {
        if (!string.IsNullOrEmpty(host.Options.ConfigurationId))
            yield break;
        yield return host.Found("configuration_missing");
        string[] lacking = [.. WhatsAppOnboardingOptions.NeededScopes.Except(host.Options.EffectiveScopes)];
        if (lacking.Length > 0)
            yield return host.Found("permissions_not_asked", string.Join(", ", lacking));
    }

    private static IEnumerable<Finding> Redirect(Examined host)
    {
        var own = new Uri(host.Get<PublicAddress>().Origin);
        if (!Uri.TryCreate(host.Get<PublicAddress>().RedirectUri, UriKind.Absolute, out var redirect))
            yield break;
        if (redirect.Scheme != Uri.UriSchemeHttps && host.Options.DialogBaseAddress.Host == "www.facebook.com")
            yield return host.Found("redirect_not_https", redirect.AbsoluteUri);

        var origin = redirect.GetLeftPart(UriPartial.Authority);
        if (origin != own.GetLeftPart(UriPartial.Authority))
        {
            if (!host.Options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
                yield return host.Found("redirect_elsewhere", redirect.AbsoluteUri);
        }
        else if (!IsMapped(host, redirect.AbsolutePath))
        {
            yield return host.Found("redirect_not_mapped", redirect.AbsoluteUri);
        }
    }

    /// <summary>A route of this host takes the path; or one of this library ends it, for a proxy may take a prefix away before it.</summary>
    private static bool IsMapped(Examined host, string path)
    {
        if (host.Find<EndpointDataSource>() is not { } mapped)
            return true;
        var callback = host.Options.Paths.Callback;
        return mapped.Endpoints.OfType<RouteEndpoint>().Any(endpoint =>
            ("/" + endpoint.RoutePattern.RawText?.TrimStart('/') is var route && route.EndsWith(callback, StringComparison.OrdinalIgnoreCase) && path.EndsWith(route, StringComparison.OrdinalIgnoreCase))
            || new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []));
    }

    private static IEnumerable<Finding> Others(Examined host)
    {
        if (host.Options.PreviousAppSecretUntil is { } until && until <= host.Now)
            yield return host.Found("app_secret_left", until.UtcDateTime.ToString("u", CultureInfo.InvariantCulture));
        if (!host.IsDevelopment && host.Options.GraphBaseAddress.Host != "graph.facebook.com")
            yield return host.Found("meta_elsewhere", host.Options.GraphBaseAddress.GetLeftPart(UriPartial.Authority));
        if (host.Get<HostHandlers<IWebhookHandler>>().All.Count == 0)
            yield return host.Found("handlers_missing");
        if (!host.IsDevelopment && host.Get<ILoggerFactory>().CreateLogger(StartupWarnings.RequestLog).IsEnabled(LogLevel.Information))
            yield return host.Found("query_strings_logged");
    }
}
