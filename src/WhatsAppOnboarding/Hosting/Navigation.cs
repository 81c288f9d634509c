using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Hosting;

/// <summary>What is said to a browser that navigates.</summary>
internal static class Navigation
{
    private static readonly string[] Headers = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    /// <summary>A browser that fetches ahead of the person must change nothing: answers a prefetch with 503, at which browsers fetch again when the person really goes there.</summary>
    public static bool RefusesPrefetch(HttpContext context)
    {
        var ahead = Headers.Any(name => context.Request.Headers[name].Any(value =>
            value is not null && (value.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || value.Contains("preview", StringComparison.OrdinalIgnoreCase))));
        if (ahead)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return ahead;
    }

    /// <summary>303: the next request is a GET of that address, whatever this one was.</summary>
    public static void SeeOther(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
    }
}
