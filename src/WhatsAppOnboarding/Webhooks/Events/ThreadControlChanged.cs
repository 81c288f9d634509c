using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Who may answer a customer changed (field <c>messaging_handovers</c>), where the business has several responders and routes conversations. It comes to who may
/// answer from now on (<c>control_passed</c>) or could until now (<c>control_taken</c>); that somebody let go of a conversation is not reported.
/// </summary>
/// <remarks>Everything in it is optional: rely on roles rather than on ids of apps. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers</remarks>
public sealed record ThreadControlChanged : EventContent
{
    /// <summary>What happened, in Meta's word, such as <c>control_passed</c> or <c>control_taken</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The customer's telephone number, digits with country code.</summary>
    public string? Customer { get; init; }

    /// <summary>The customer's id in the portfolio that the number belongs to.</summary>
    public string? CustomerUserId { get; init; }

    /// <summary>The customer's id in the portfolios that are linked to that one.</summary>
    public string? CustomerParentUserId { get; init; }

    /// <summary>The role of who could answer until now, in Meta's word, such as <c>ai_agent</c> or <c>customer_service</c>.</summary>
    public string? PreviousOwnerRole { get; init; }

    /// <summary>The app of who could answer until now.</summary>
    public string? PreviousOwnerAppId { get; init; }

    /// <summary>The role of that app.</summary>
    public string? PreviousOwnerAppRole { get; init; }

    /// <summary>The role of who may answer from now on, such as <c>escalation</c>.</summary>
    public string? NewOwnerRole { get; init; }

    /// <summary>The app of who may answer from now on.</summary>
    public string? NewOwnerAppId { get; init; }

    /// <summary>What who passed it on gave along.</summary>
    public string? Metadata { get; init; }

    /// <summary>What was said before, summed up by Meta.</summary>
    public string? Summary { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? At { get; init; }

    internal static ThreadControlChanged Read(JsonElement value)
    {
        // The details stand under the type's own name, whatever Meta adds later.
        var (kind, sender) = (value.Text("type"u8), value.Child("sender"u8));
        var details = kind is null ? default : value.Child(Encoding.UTF8.GetBytes(kind));
        return new ThreadControlChanged
        {
            Kind = kind,
            Customer = sender.Text("phone_number"u8),
            CustomerUserId = sender.Text("user_id"u8),
            CustomerParentUserId = sender.Text("parent_user_id"u8),
            PreviousOwnerRole = details.Text("previous_owner_role"u8),
            PreviousOwnerAppId = details.Text("previous_owner_app_id"u8),
            PreviousOwnerAppRole = details.Text("previous_owner_app_role"u8),
            NewOwnerRole = details.Text("new_owner_role"u8),
            NewOwnerAppId = details.Text("new_owner_app_id"u8),
            Metadata = details.Text("metadata"u8),
            Summary = details.Child("conversation_context"u8).Child("summary"u8).Text("text"u8),
            At = value.Time("timestamp"u8),
        };
    }
}
