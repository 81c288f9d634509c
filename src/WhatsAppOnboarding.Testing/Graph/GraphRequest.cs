using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>One call as the operations see it.</summary>
internal sealed class GraphRequest(EmulatorCore core, GraphRoute route, GraphParameters parameters, HttpRequest http)
{
    public EmulatorCore Core => core;

    public MetaWorld World => core.World;

    public GraphParameters Parameters => parameters;

    /// <summary>What the message of this call shall fail with after it was accepted, or null.</summary>
    public MetaRefusal? Failure { get; init; }

    /// <summary>The Graph API version in the path.</summary>
    public string Version => route.Version;

    /// <summary>The id in the path, or empty.</summary>
    public string NodeId => route.NodeId;

    /// <summary>Where the emulator was called, without a path.</summary>
    public string Origin => $"{http.Scheme}://{http.Host}";

    /// <summary>The address of this call without its query, for <c>paging.next</c>.</summary>
    public string Url => Origin + http.Path;

    /// <summary>The access token, from the header that Meta recommends or else the parameter.</summary>
    public string? AccessToken => HeaderToken ?? parameters["access_token"];

    /// <summary>The access token of the header, or null.</summary>
    public string? HeaderToken
    {
        get
        {
            var header = http.Headers.Authorization.ToString();
            return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim()
                : header.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) ? header["OAuth ".Length..].Trim()
                : null;
        }
    }

    public string Require(string name) =>
        parameters[name] is { Length: > 0 } value ? value
        : throw new GraphFailure(400, 100, $"(#100) The parameter {name} is required.");
}
