namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>A message as a phone shows it: with what came after it and is about it.</summary>
internal sealed class TalkEntry(EmulatedMessage message)
{
    /// <summary>For how long a phone lets its owner change a message, and take it back.</summary>
    private static readonly TimeSpan EditLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan DeleteLimit = TimeSpan.FromDays(2);

    public EmulatedMessage Message => message;

    public string Text { get; private set; } = message.Body;

    public bool IsEdited { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>The emoji that the customer put on it; empty when there is none.</summary>
    public string OwnSign { get; private set; } = "";

    /// <summary>The emoji that the business put on it; empty when there is none.</summary>
    public string BusinessSign { get; private set; } = "";

    /// <summary>One line of it.</summary>
    public string Line => IsDeleted ? "Deleted" : Text.Length > 0 ? Text : $"({message.Type})";

    /// <summary>Whether the customer could find it and put an emoji on it.</summary>
    public bool IsSeen => message.FailureCode is null && !IsDeleted && message.Type is not ("system" or "request_welcome");

    public bool CanEdit(DateTimeOffset now) => message is { FromBusiness: false, Type: "text" } && !IsDeleted && now < message.At + EditLimit;

    public bool CanDelete(DateTimeOffset now) => !message.FromBusiness && IsSeen && now < message.At + DeleteLimit;

    /// <summary>Edits, deletions and reactions on the messages that they are about; all others in their order.</summary>
    public static IReadOnlyList<TalkEntry> Of(IEnumerable<EmulatedMessage> messages)
    {
        var entries = new List<TalkEntry>();
        foreach (var message in messages)
        {
            if (TargetOf(message) is not { } target)
                entries.Add(new TalkEntry(message));
            else if (message.FailureCode is null)
                entries.Find(entry => entry.Message.Id == target)?.Take(message);
        }

        return entries;
    }

    private static string? TargetOf(EmulatedMessage message) => message.Type switch
    {
        "edit" or "revoke" => (string?)message.Content?["original_message_id"] ?? "",
        "reaction" => (string?)message.Content?["message_id"] ?? "",
        _ => null,
    };

    private void Take(EmulatedMessage change)
    {
        switch (change)
        {
            case { Type: "edit" }:
                (Text, IsEdited) = (change.Body, true);
                break;
            case { Type: "revoke" }:
                IsDeleted = true;
                break;
            case { FromBusiness: true }:
                BusinessSign = change.Body;
                break;
            default:
                OwnSign = change.Body;
                break;
        }
    }
}
