using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>What <c>FB.login</c> asked for, repeated by the form of each step.</summary>
internal sealed record SignupRequest(string Version, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>What each form repeats.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["client_id", "config_id", "response_type", "override_default_response_type", "extras", "origin", "channel"];

    /// <summary>The origin of the page that opened the popup: messages go there and nowhere else.</summary>
    public string Origin => this["origin"];

    /// <summary>The name under which <c>FB.login</c> waits for its answer.</summary>
    public string Channel => this["channel"];

    private string this[string name] => Parameters.GetValueOrDefault(name) ?? "";

    public static SignupRequest Read(HttpRequest http, IFormCollection? form)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var name in Names)
        {
            var value = form is null ? http.Query[name] : form[name];
            if (value.Count > 0)
                parameters[name] = value[0] ?? "";
        }

        return new SignupRequest(http.Path.Value!.Split('/')[1], parameters);
    }

    public OpenedPopup ToOpened() =>
        new() { Version = Version, ConfigurationId = this["config_id"], Origin = Origin, Extras = Parameters.GetValueOrDefault("extras") };

    /// <summary>Why Meta would show an error page, or null.</summary>
    public string? Refuse(EmulatorCore core)
    {
        if (GraphVersions.Refuse(Version, core.Now) is { } version)
            return version.Message;
        if (this["client_id"] != core.AppId)
            return "Invalid App ID: the appId of FB.init is not the id of this app.";
        if (PageOrigin.Refuse(Origin, core.Options.AllowedDomains) is { } origin)
            return origin;
        if (!core.Options.Knows(this["config_id"]))
            return "Sorry, something went wrong: there is no such login configuration (config_id).";
        if (this["response_type"] != "code" || this["override_default_response_type"] != "true")
            return "Embedded Signup needs response_type 'code' and override_default_response_type true.";
        return IsObject(Parameters.GetValueOrDefault("extras")) ? null : "The extras of FB.login are no object.";
    }

    private static bool IsObject(string? json)
    {
        try
        {
            return json is null || JsonNode.Parse(json) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
