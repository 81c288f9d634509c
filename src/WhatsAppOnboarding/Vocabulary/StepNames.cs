namespace WhatsAppOnboarding;

/// <summary>The names of steps, the same in records, answers and logs.</summary>
public static class StepNames
{
    /// <summary>Subscribe the app to the WABA.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Have the messages of the WABA sent to an address of its own.</summary>
    public const string Override = "override";

    /// <summary>Unsubscribe the app from the WABA.</summary>
    public const string Unsubscribe = "unsubscribe";

    /// <summary>Register the number for the API.</summary>
    public const string Register = "register";

    /// <summary>Verify by a code that the number is the customer's.</summary>
    public const string Verify = "verify";

    /// <summary>Ask for the contacts that the number has in the WhatsApp Business app.</summary>
    public const string SyncContacts = "sync_contacts";

    /// <summary>Ask for the messages that the number has in the WhatsApp Business app.</summary>
    public const string SyncHistory = "sync_history";

    /// <summary>Whether a number cannot be used while that step is open. Copying from the app is a convenience; where messages go is the host's affair.</summary>
    internal static bool IsRequired(string step) => step is not (Override or SyncContacts or SyncHistory);
}
