using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>What a deauthorize or data deletion callback answered.</summary>
public sealed record SignedRequestAnswer
{
    /// <summary>The HTTP status; null for no answer.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }

    /// <summary>Where the person can see what became of the deletion, or null.</summary>
    public string? Url => Read("url");

    /// <summary>The deletion's confirmation code, or null.</summary>
    public string? ConfirmationCode => Read("confirmation_code");

    private string? Read(string name)
    {
        try
        {
            return JsonNode.Parse(Body) is JsonObject json && json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
