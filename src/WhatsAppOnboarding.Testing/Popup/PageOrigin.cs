namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>"Allowed domains for the JavaScript SDK", and https, which a loopback page need not have here.</summary>
internal static class PageOrigin
{
    public static string? Refuse(string origin, IList<string> allowed)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || (page.Scheme is not ("http" or "https")) || page.GetLeftPart(UriPartial.Authority) != origin)
            return "The page that opened this window has no origin that can be answered.";
        if (page.Scheme == "http" && !page.IsLoopback)
            return "The method FB.login can no longer be called from http pages.";
        return allowed.Count == 0 || allowed.Any(entry => entry.TrimEnd('/') == origin || entry == page.Host)
            ? null
            : "JSSDK Unknown Host domain: the page's domain is not among the app's allowed domains for the JavaScript SDK.";
    }
}
