using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Hosting;

/// <summary>A browser that fetches ahead of the person must change nothing.</summary>
internal static class Prefetch
{
    private static readonly string[] Headers = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    /// <summary>Answers a prefetch with 503, at which browsers fetch again when the person really goes there.</summary>
    public static bool IsRefused(HttpContext context)
    {
        var ahead = Headers.Any(name => context.Request.Headers[name].Any(value =>
            value is not null && (value.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || value.Contains("preview", StringComparison.OrdinalIgnoreCase))));
        if (ahead)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return ahead;
    }
}
