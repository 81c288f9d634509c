using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>What Meta says became of a message that was sent, in the chat's own terms.</summary>
public sealed record DeliveryReport(string WamId, DeliveryState State, string? Problem, Person? To)
{
    /// <summary>Null when it says nothing that the chat shows.</summary>
    public static DeliveryReport? Of(MessageStatusChanged status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.MessageId is { Length: <= 300 } id && StateOf(status.Status) is { } state
            ? new(id, state, state is DeliveryState.Failed ? ProblemOf(status) : null, ToOf(status))
            : null;
    }

    private static Person? ToOf(MessageStatusChanged status) =>
        status.GroupId is null ? new Person(status.RecipientId, status.RecipientUserId, Name: status.ProfileName, Username: status.Username, FillsIn: true, At: status.At) : null;

    private static DeliveryState? StateOf(string? status) => status switch
    {
        "sent" => DeliveryState.Sent,
        "delivered" => DeliveryState.Delivered,
        "read" or "played" => DeliveryState.Read,
        "failed" => DeliveryState.Failed,
        _ => null,
    };

    private static string ProblemOf(MessageStatusChanged status)
    {
        var error = status.Errors.OrderBy(one => one.Code is > 0 ? 0 : 1).FirstOrDefault();
        return Refusals.Note(error?.Code, error?.Details ?? error?.Message ?? error?.Title);
    }
}
