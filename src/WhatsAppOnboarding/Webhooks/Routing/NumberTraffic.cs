using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// What traffic says of a number: that something comes in, or goes to another responder; that a message was sent, or failed for a reason that concerns the number.
/// Ordinary traffic of a number that is well says nothing new, and then the number stays the very same.
/// </summary>
internal static class NumberTraffic
{
    /// <summary>The number after an item of its own.</summary>
    public static PhoneNumber After(this PhoneNumber number, WebhookItem item, DateTimeOffset receivedAt) => (item.Change.Field, item.List) switch
    {
        _ when !number.IsHeld || number.PhoneNumberId != item.Change.Number => number,

        // What a message says is no matter here, and is not read.
        ("messages", "messages") => number.Received(isCopy: false, receivedAt),
        ("standby", "messages") => number.Received(isCopy: true, receivedAt),
        ("messages", "statuses") when item.Content is MessageStatusChanged status => number.After(status, receivedAt),
        ("messaging_handovers", _) when item.Content is ThreadControlChanged { Kind: "control_passed" } => number.Received(isCopy: false, receivedAt),
        _ => number,
    };

    /// <summary>
    /// Only <c>sent</c> says that sending works: a message that was sent before may be delivered or read days later. Meta's times are whole seconds: it may have been as late
    /// as their end, and what is older than the connection says nothing of it.
    /// </summary>
    private static PhoneNumber After(this PhoneNumber number, MessageStatusChanged status, DateTimeOffset receivedAt)
    {
        var at = status.At + TimeSpan.FromSeconds(1) is { } end && end < receivedAt ? end : receivedAt;
        if (status.At?.ToUnixTimeSeconds() < number.ConnectedAt.ToUnixTimeSeconds())
            return number;
        return status.Status switch
        {
            "failed" when status.Errors.Select(error => error.Code.GetValueOrDefault()).FirstOrDefault(NumberReasons.IsOfNumber) is > 0 and var code => number.SendFailed(code, at),
            "sent" => number.SendWorked(at),
            _ => number,
        };
    }
}
