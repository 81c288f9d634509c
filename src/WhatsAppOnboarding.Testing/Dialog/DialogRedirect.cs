namespace WhatsAppOnboarding.Testing.Dialog;

/// <summary>The addresses that the dialog answers with.</summary>
internal static class DialogRedirect
{
    public static string Granted(DialogRequest request, string code) =>
        Append(request, "code=" + Uri.EscapeDataString(code)) + "#_=_";

    public static string Cancelled(DialogRequest request) =>
        Append(request, "error=access_denied&error_reason=user_denied&error_description=Permissions+error&error_code=200");

    private static string Append(DialogRequest request, string answer)
    {
        var address = new Uri(request.RedirectUri).AbsoluteUri;
        var state = request.State is null ? "" : "&state=" + Uri.EscapeDataString(request.State);
        return address + (address.Contains('?', StringComparison.Ordinal) ? '&' : '?') + answer + state;
    }
}
