using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>What goes back over the wire.</summary>
internal sealed record GraphAnswer(int Status, byte[] Body, string ContentType = "application/json; charset=UTF-8")
{
    /// <summary>Meta's error code, for the call log.</summary>
    public int? Code { get; init; }

    /// <summary>Value of <c>WWW-Authenticate</c>, as Meta's OAuth endpoints send it with errors.</summary>
    public string? Challenge { get; init; }

    /// <summary>Whether the connection breaks in the middle of the body.</summary>
    public bool CutShort { get; init; }

    public static GraphAnswer Json(JsonNode body) => new(200, Encoding.UTF8.GetBytes(body.ToJsonString()));
}
