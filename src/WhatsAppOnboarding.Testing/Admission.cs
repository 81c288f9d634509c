using System.Net;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing;

/// <summary>Who may talk to the emulator: it has no login, and every page that a developer opens runs in a browser that reaches 127.0.0.1.</summary>
internal static class Admission
{
    /// <summary>Why a request is refused, or null.</summary>
    public static string? Refuse(HttpRequest request, IList<string> allowedHosts)
    {
        // A page of a foreign name that was made to point here (DNS rebinding) would count as this one's own.
        if (!IsOurs(request.Host.Host, allowedHosts))
            return "The emulator answers to 127.0.0.1, localhost and the hosts in MetaEmulatorOptions.AllowedHosts only. Open it under one of these.";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;

        // Another port of this machine is "same-site", and none of ours. Servers send neither header.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0 && site.ToString() is not ("same-origin" or "none"))
            return "A page of another origin cannot write here. Use the emulator's own page, or call it from a server.";
        var origin = request.Headers.Origin;
        return origin.Count == 0 || IsOwn(origin.ToString(), request.Host)
            ? null
            : "A page of another origin, or of none, cannot write here. Use the emulator's own page, or call it from a server.";
    }

    public static Task RefuseAsync(HttpContext http, string refusal) =>
        PageWriter.WriteAsync(http, StatusCodes.Status403Forbidden, "text/plain; charset=utf-8", refusal);

    private static bool IsOurs(string host, IList<string> allowed) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || allowed.Contains(host, StringComparer.OrdinalIgnoreCase);

    /// <summary>A proxy may speak https in front of it, so the scheme may differ.</summary>
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Scheme is "http" or "https"
        && string.Equals(page.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
