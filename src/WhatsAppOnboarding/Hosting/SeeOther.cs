using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Hosting;

internal static class SeeOther
{
    /// <summary>303: the next request is a GET of that address, whatever this one was.</summary>
    public static void To(HttpContext context, string location)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = location;
    }
}
