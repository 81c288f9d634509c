using System.Text.Json;

namespace WebHost.Chat;

/// <summary>What a webhook says became of a message that was sent.</summary>
public sealed record DeliveryReport(string WamId, DeliveryState State, string? Problem)
{
    public static IEnumerable<DeliveryReport> ReadAll(JsonElement value)
    {
        if (!value.TryArray("statuses", out var statuses))
            yield break;

        foreach (var status in statuses)
        {
            if (status.Text("id") is { Length: <= 300 } id && StateOf(status.Text("status")) is { } state)
                yield return new(id, state, state is DeliveryState.Failed ? ProblemOf(status) : null);
        }
    }

    private static DeliveryState? StateOf(string? status) => status switch
    {
        "sent" => DeliveryState.Sent,
        "delivered" => DeliveryState.Delivered,
        "read" or "played" => DeliveryState.Read,
        "failed" => DeliveryState.Failed,
        _ => null,
    };

    private static string ProblemOf(JsonElement status)
    {
        if (status.TryArray("errors", out var errors))
        {
            foreach (var error in errors)
            {
                if (error.Child("code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var code))
                    return Refusals.InWords(code);
            }
        }

        return "Meta could not deliver the message.";
    }
}
