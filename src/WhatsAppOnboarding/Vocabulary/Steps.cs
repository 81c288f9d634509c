namespace WhatsAppOnboarding;

/// <summary>
/// The names of all steps, the same in records, requests, answers and logs: those of an attempt to connect, those that stay open for a number, and what an
/// account may ask for.
/// </summary>
public static class StepNames
{
    /// <summary>What happened in Meta's popup, as the browser reported it.</summary>
    public const string Signup = "signup";

    /// <summary>The authorization code becomes a token.</summary>
    public const string Exchange = "exchange";

    /// <summary>What the token is worth.</summary>
    public const string Inspect = "inspect";

    /// <summary>Which WABAs were granted, where neither token nor browser names any.</summary>
    public const string Discover = "discover";

    /// <summary>All numbers of a WABA.</summary>
    public const string List = "list";

    /// <summary>A short-lived token is extended.</summary>
    public const string Extend = "extend";

    /// <summary>Subscribe the app to the WABA.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Numbers and reference are saved.</summary>
    public const string Save = "save";

    /// <summary>Verify by a code that the number is the customer's; asked for as <see cref="RequestCode"/>, then <see cref="VerifyCode"/>.</summary>
    public const string Verify = "verify";

    /// <summary>Have a verification code sent to the number.</summary>
    public const string RequestCode = "request_code";

    /// <summary>Hand in the verification code; the number is then registered if it can be.</summary>
    public const string VerifyCode = "verify_code";

    /// <summary>Register the number for the API.</summary>
    public const string Register = "register";

    /// <summary>Ask for the contacts that the number has in the WhatsApp Business app.</summary>
    public const string SyncContacts = "sync_contacts";

    /// <summary>Ask for the messages that the number has in the WhatsApp Business app.</summary>
    public const string SyncHistory = "sync_history";

    /// <summary>Unsubscribe the app from the WABA.</summary>
    public const string Unsubscribe = "unsubscribe";

    /// <summary>Deregister a disconnected number, so that it is no number of the API any more until it is registered again.</summary>
    public const string Deregister = "deregister";
}

/// <summary>A row of the table of steps.</summary>
internal sealed record StepRow(string Name)
{
    /// <summary>The step that stays open for a number until this is done: mostly itself; null where only an attempt has it.</summary>
    public string? Opens { get; init; }

    /// <summary>Whether an account may ask for it, by its name.</summary>
    public bool CanBeRequested { get; init; }

    /// <summary>Whether a number cannot be used while it is open. Copying from the WhatsApp Business app is a convenience.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether Meta takes it only once for a number, within a day of the signup.</summary>
    public bool IsTakenOnce { get; init; }

    /// <summary>How often Meta takes it for one number; null where Meta does not ration it.</summary>
    public StepQuota? Quota { get; init; }
}

/// <summary>How many calls are taken for one number in a rolling window.</summary>
internal sealed record StepQuota(int Calls, TimeSpan Window);

/// <summary>How the calls stand that Meta rations for a number, whoever made them: the limit is the number's, and whose tries they were is not said.</summary>
public sealed record StepBudget
{
    /// <summary>How many were made within the window.</summary>
    public required int Used { get; init; }

    /// <summary>How many may be.</summary>
    public required int Limit { get; init; }

    /// <summary>How many are left now.</summary>
    public int Left => Math.Max(0, Limit - Used);

    /// <summary>When the next one may be made; null for now.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>All steps. A new one is its name above, its row here and its words in <c>Errors/Texts</c>: a name for each, sentences for what stays open or can be asked for.</summary>
internal static class StepTable
{
    /// <summary>How long after a connect Meta takes what it takes only once.</summary>
    public static readonly TimeSpan TakenWithin = TimeSpan.FromHours(24);

    /// <remarks>
    /// Ten registrations in 72 hours are Meta's own limit:
    /// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
    /// </remarks>
    public static StepRow Register { get; } = Row(StepNames.Register) with { CanBeRequested = true, IsRequired = true, Quota = new(10, TimeSpan.FromHours(72)) };

    public static StepRow RequestCode { get; } = new(StepNames.RequestCode) { Opens = StepNames.Verify, CanBeRequested = true, Quota = new(5, TimeSpan.FromHours(12)) };

    public static StepRow VerifyCode { get; } = new(StepNames.VerifyCode) { Opens = StepNames.Verify, CanBeRequested = true, Quota = new(10, TimeSpan.FromHours(12)) };

    /// <summary>In the order in which they are done.</summary>
    public static IReadOnlyList<StepRow> All { get; } =
    [
        new(StepNames.Signup),
        new(StepNames.Exchange),
        new(StepNames.Inspect),
        new(StepNames.Discover),
        new(StepNames.List),
        new(StepNames.Extend),
        Row(StepNames.Subscribe) with { CanBeRequested = true, IsRequired = true },
        new(StepNames.Save),
        Row(StepNames.Verify) with { IsRequired = true },
        RequestCode,
        VerifyCode,
        Register,
        Row(StepNames.SyncContacts) with { CanBeRequested = true, IsTakenOnce = true },
        Row(StepNames.SyncHistory) with { CanBeRequested = true, IsTakenOnce = true },
        Row(StepNames.Unsubscribe) with { IsRequired = true },
        Row(StepNames.Deregister),
    ];

    /// <summary>The row of that name; null when there is none.</summary>
    public static StepRow? Find(string? name) => All.FirstOrDefault(row => row.Name == name);

    /// <summary>What a press for an open step spends of Meta's; null where Meta rations nothing of it.</summary>
    public static StepRow? RationOf(string step) => step == StepNames.Verify ? RequestCode : Find(step) is { Quota: not null } row ? row : null;

    /// <summary>Whether an account may ask for that.</summary>
    public static bool CanBeRequested(string? name) => Find(name) is { CanBeRequested: true };

    /// <summary>Whether a number cannot be used while that step is open.</summary>
    public static bool IsRequired(string step) => Find(step) is not { IsRequired: false };

    private static StepRow Row(string name) => new(name) { Opens = name };
}

/// <summary>What is asked of the clocks of nodes that share a store.</summary>
internal static class NodeClocks
{
    /// <summary>
    /// By how much they may differ: whoever judges by the own clock what another node wrote down with its own grants this much, so that nothing that is under way
    /// is taken for broken off and nothing that is new for old.
    /// </summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(2);
}
