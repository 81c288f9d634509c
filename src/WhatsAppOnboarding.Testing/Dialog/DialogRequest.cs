using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Dialog;

/// <summary>The parameters of the login dialog.</summary>
internal sealed record DialogRequest(string Version, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>What the form repeats when it is posted.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["client_id", "redirect_uri", "state", "response_type", "config_id", "override_default_response_type", "scope", "auth_type", "extras", "display"];

    public string RedirectUri => this["redirect_uri"];

    public string? State => Parameters.GetValueOrDefault("state");

    private string this[string name] => Parameters.GetValueOrDefault(name) ?? "";

    /// <summary>Why Meta would show an error page, or null. Never a redirect: nothing in a wrong request can be trusted.</summary>
    public string? Refuse(EmulatorCore core)
    {
        if (GraphVersions.Refuse(Version, core.Now) is { } version)
            return version.Message;
        if (this["client_id"] != core.AppId)
            return "Invalid App ID: the client_id is not the id of this app.";
        if (!IsAllowed(RedirectUri, core.Options.RedirectUris))
            return "URL Blocked: this redirect failed because the redirect URI is not whitelisted in the app's Client OAuth Settings.";
        if (this["response_type"] is not ("" or "code"))
            return "Only response_type=code is emulated.";
        return this["config_id"].Length > 0 ? RefuseConfiguration(core.Options)
            : this["scope"].Length > 0 ? null
            : "Invalid Scopes: send a config_id or a scope.";
    }

    public IReadOnlyList<string> Permissions(MetaEmulatorOptions options)
    {
        if (this["config_id"].Length > 0)
            return [.. options.Scopes];
        var asked = this["scope"].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. options.Scopes.Where(scope => asked.Contains(scope) || scope == "public_profile")];
    }

    private string? RefuseConfiguration(MetaEmulatorOptions options)
    {
        if (!options.Knows(this["config_id"]))
            return "Sorry, something went wrong: there is no such login configuration (config_id).";

        // Meta asks for both with a system user configuration; what happens without is not documented.
        var asksForCode = this["response_type"] == "code" && this["override_default_response_type"] == "true";
        return options.TokenKind == EmulatedTokenKind.SystemUser && !asksForCode
            ? "A system user configuration needs response_type=code and override_default_response_type=true."
            : null;
    }

    private static bool IsAllowed(string uri, IList<string> allowed) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && (parsed.Scheme is "http" or "https")
        && parsed.Fragment.Length == 0
        && (allowed.Count == 0 || allowed.Contains(uri));
}
