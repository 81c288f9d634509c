using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>One call as the operations see it.</summary>
internal sealed class GraphRequest(EmulatorCore core, GraphRoute route, GraphParameters parameters, HttpRequest http)
{
    public EmulatorCore Core => core;

    public MetaWorld World => core.World;

    public GraphParameters Parameters => parameters;

    /// <summary>The Graph API version in the path.</summary>
    public string Version => route.Version;

    /// <summary>The id in the path, or empty.</summary>
    public string NodeId => route.NodeId;

    /// <summary>The address of this call without its query, for <c>paging.next</c>.</summary>
    public string Url => $"{http.Scheme}://{http.Host}{http.Path}";

    /// <summary>The access token, from the header that Meta recommends or else the parameter.</summary>
    public string? AccessToken
    {
        get
        {
            var header = http.Headers.Authorization.ToString();
            return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim()
                : header.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) ? header["OAuth ".Length..].Trim()
                : parameters["access_token"];
        }
    }

    public string Require(string name) =>
        parameters[name] is { Length: > 0 } value ? value
        : throw new GraphFailure(400, 100, $"(#100) The parameter {name} is required.");
}
