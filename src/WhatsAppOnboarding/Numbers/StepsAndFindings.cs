namespace WhatsAppOnboarding;

/// <summary>A step at Meta that is still to be done for a number.</summary>
public sealed record OpenStep
{
    /// <summary>Which one: one of <see cref="StepNames"/>.</summary>
    public required string Step { get; init; }

    /// <summary>The stable code of why it is open.</summary>
    public required string Code { get; init; }

    /// <summary>When it was last tried.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Meta's error code, if Meta gave one.</summary>
    public int? MetaCode { get; init; }

    /// <summary>Meta's trace id (<c>fbtrace_id</c>) to quote to Meta's support; null when Meta gave none.</summary>
    public string? MetaTraceId { get; init; }
}

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

/// <summary>Something noticed at Meta that does not stop anything but that somebody should know.</summary>
public sealed record Finding
{
    /// <summary>A permission that the app asks for is not named by the token.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>The token is short-lived and could not be extended.</summary>
    public const string TokenShortLived = "token_short_lived";

    /// <summary>A newer grant did not show this number's WABA; whether the older token still reaches it is not known.</summary>
    public const string Check = "check";

    /// <summary>A stable code: one of the constants here.</summary>
    public required string Code { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it is about, such as the name of a permission; never a secret.</summary>
    public string? Subject { get; init; }
}
