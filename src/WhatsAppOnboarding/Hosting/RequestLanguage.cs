using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Hosting;

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
