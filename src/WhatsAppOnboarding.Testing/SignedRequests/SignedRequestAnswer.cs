using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>What a deauthorize or data deletion callback answered.</summary>
/// <param name="StatusCode">The HTTP status; null for no answer.</param>
/// <param name="Body">The body as text.</param>
public sealed record SignedRequestAnswer(int? StatusCode, string Body)
{
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
