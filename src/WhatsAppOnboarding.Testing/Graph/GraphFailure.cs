using System.Text;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>An error answer of the Graph API, thrown by the operations.</summary>
internal sealed class GraphFailure(int status, int code, string message, int? subcode = null, string type = "OAuthException")
    : Exception(message)
{
    public string? Details { get; init; }

    public bool? IsTransient { get; init; }

    /// <summary>Whether it comes from an OAuth endpoint, which adds <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    public GraphAnswer ToAnswer()
    {
        var error = new JsonObject { ["message"] = Message, ["type"] = type, ["code"] = code };
        if (subcode is not null)
            error["error_subcode"] = subcode;
        if (Details is not null)
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        if (IsTransient is not null)
            error["is_transient"] = IsTransient;
        error["fbtrace_id"] = MetaIds.NewTraceId();
        return new GraphAnswer(status, Encoding.UTF8.GetBytes(new JsonObject { ["error"] = error }.ToJsonString()))
        {
            Code = code,
            Challenge = Challenge is null ? null : $"OAuth \"Facebook Platform\" \"{Challenge}\" \"{Message}\"",
        };
    }
}
