using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary><c>GET /{locale}/sdk.js</c>: the emulator's own JavaScript SDK.</summary>
internal static partial class SdkScript
{
    public static bool Serves(PathString path) => Address().IsMatch(path.Value!);

    public static Task WriteAsync(HttpContext http)
    {
        // Pages load it with crossorigin="anonymous", as Meta advises.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return PageWriter.WriteAsync(http, StatusCodes.Status200OK, "text/javascript; charset=utf-8", Assets.Sdk);
    }

    [GeneratedRegex("^/[a-z]{2,3}_[A-Z]{2}/sdk\\.js$")]
    private static partial Regex Address();
}
