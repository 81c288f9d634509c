using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Marks two routes on one path: one for browsers that navigate, one for programs that accept JSON.</summary>
/// <param name="Json">Whether this one is for programs.</param>
internal sealed record AnswerForm(bool Json);

/// <summary>
/// Chooses between them before anybody is authorized, so that the host's sign-in sees the right one: programs get a 401, browsers a sign-in page.
/// </summary>
internal sealed class AnswerFormPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 100;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<AnswerForm>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsJson = WantsJson(httpContext.Request);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<AnswerForm>() is { } form && form.Json != wantsJson)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && !accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}

/// <summary>In which language a request is answered: the host's choice, else what the browser likes best of what there is.</summary>
internal static class RequestLanguage
{
    // Empty where the runtime knows no cultures (InvariantGlobalization): there everything is English.
    private static readonly Dictionary<Language, CultureInfo> Cultures = KnownCultures();

    /// <summary>Sets <see cref="CultureInfo.CurrentUICulture"/> for the rest of the calling method, and says on the answer which language it is.</summary>
    public static void Apply(HttpContext context)
    {
        if (context.Features.Get<IRequestCultureFeature>() is null)
        {
            context.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.AcceptLanguage);
            if (Preferred(context.Request) is { } culture)
                CultureInfo.CurrentUICulture = culture;
        }

        context.Response.Headers.ContentLanguage = WhatsAppWords.Of(context).Language;
    }

    /// <summary>Speaks this language for the rest of the calling method, whatever was asked for; nothing changes where it is null or none of the library's.</summary>
    public static void Use(HttpContext context, string? name)
    {
        if (name is null || Languages.Find(name) is not { } language || !Cultures.TryGetValue(language, out var culture))
            return;
        CultureInfo.CurrentUICulture = culture;
        context.Response.Headers.ContentLanguage = WhatsAppWords.Of(context).Language;
    }

    private static CultureInfo? Preferred(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted
                .Where(language => language.Quality is null or > 0)
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => Languages.Find(language.Value.ToString().Split('-')[0]))
                .Select(language => language is null ? null : Cultures.GetValueOrDefault(language))
                .FirstOrDefault(culture => culture is not null)
            : null;

    private static Dictionary<Language, CultureInfo> KnownCultures()
    {
        try
        {
            return Languages.All.ToDictionary(language => language, language => CultureInfo.GetCultureInfo(language.Name));
        }
        catch (CultureNotFoundException)
        {
            return [];
        }
    }
}
