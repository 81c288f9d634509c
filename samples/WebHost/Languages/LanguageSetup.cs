using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;

namespace WebHost.Languages;

/// <summary>In which language a page is: what the person chose by hand, else what the browser likes best of what there is.</summary>
public static class LanguageSetup
{
    private const string Choice = "/language";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>English first, for every browser that likes none of them; each by its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("es", "Español"), ("pt", "Português")];

    public static void AddLanguages(this IServiceCollection services)
    {
        string[] codes = [.. All.Select(language => language.Code)];
        services.AddLocalization();
        // Accents stand in the page as they are, and not as numbers three times as long.
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(codes[0]).AddSupportedCultures(codes).AddSupportedUICultures(codes);
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
    }

    /// <summary>The operators' pages are in English for everybody: so are the doctor, the log and the names of settings that they speak of.</summary>
    public static void UseLanguages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRequestLocalization();
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/operator", StringComparison.OrdinalIgnoreCase))
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (English, English);
                http.Response.Headers.ContentLanguage = English.Name;
            }

            return next(http);
        });
    }

    /// <summary>Keeps a choice and goes back to the page. Without antiforgery: whoever made somebody send it could change no more than in which language they read.</summary>
    public static void MapLanguageChoice(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Choice, (HttpContext http, [FromForm] string? to, [FromForm] string? back) =>
        {
            if (All.Any(language => language.Code == to))
            {
                http.Response.Cookies.Append(
                    CookieRequestCultureProvider.DefaultCookieName,
                    CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(to!)),
                    new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = http.Request.IsHttps, IsEssential = true });
            }

            return TypedResults.Redirect(RedirectHttpResult.IsLocalUrl(back) ? back : "/");
        }).DisableAntiforgery();

    /// <summary>The address that a person asked for, also where a page of errors stands in its place.</summary>
    public static string Asked(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<IStatusCodeReExecuteFeature>() is { } asked
            ? asked.OriginalPath + asked.OriginalQueryString
            : http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path + http.Request.QueryString.Value;
    }
}
