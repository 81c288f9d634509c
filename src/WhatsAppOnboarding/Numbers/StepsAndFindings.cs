using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>A step at Meta that is still to be done for a number.</summary>
public sealed record OpenStep
{
    /// <summary>Which one: one of <see cref="StepNames"/>.</summary>
    public required string Step { get; init; }

    /// <summary>The stable code of why it is open.</summary>
    public required string Code { get; init; }

    /// <summary>In words, where it is shown to people: why it is open. Null in a store, which keeps nothing in a language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>In words, alike: what to do next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>
    /// Where it is shown to people, how many tries Meta still takes for the number, of which a press spends one: of a verification, the codes that Meta sends.
    /// Null in a store, and where a press spends none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StepBudget? Budget { get; init; }

    /// <summary>In words, alike: what a press spends and how much is left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BudgetMessage { get; init; }

    /// <summary>When it was last tried.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Where it is shown to people, when it is tried again by itself; null in a store, and where it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>Meta's error code, if Meta gave one.</summary>
    public int? MetaCode { get; init; }

    /// <summary>Meta's trace id (<c>fbtrace_id</c>) to quote to Meta's support; null when Meta gave none.</summary>
    public string? MetaTraceId { get; init; }
}

/// <summary>Something noticed at Meta that does not stop anything but that somebody should know.</summary>
public sealed record Finding
{
    /// <summary>A permission that the app asks for is not named by the token.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>The token is short-lived and could not be extended.</summary>
    public const string TokenShortLived = "token_short_lived";

    /// <summary>Meta did not say when the token ends.</summary>
    public const string TokenLifeUnknown = "token_life_unknown";

    /// <summary>
    /// A newer grant that could have shown this number's WABA did not; whether the older token still reaches it is not known. Ends when Meta answers to that token,
    /// and when the number is connected again or disconnected.
    /// </summary>
    public const string Check = "check";

    /// <summary>
    /// A WABA (<see cref="Subject"/>) of the same grant could not be read, or not whole (<see cref="Reason"/>), so that its numbers, or some of them, are not connected;
    /// without a subject, a portfolio could not be searched for WABAs.
    /// </summary>
    public const string WabaUnread = "waba_unread";

    /// <summary>The token names a WABA (<see cref="Subject"/>) that Meta does not show to it (<see cref="Reason"/>), such as one that was deleted.</summary>
    public const string WabaHidden = "waba_hidden";

    /// <summary>Meta runs the number in another mode (<see cref="Subject"/>, such as <c>SANDBOX</c>) than for real customers, so that it does not count as connected.</summary>
    public const string NotLive = "not_live";

    /// <summary>The account disconnected, and the app could not be unsubscribed from the WABA (<see cref="Subject"/>) before the token was of no use any more.</summary>
    public const string StillSubscribed = "still_subscribed";

    /// <summary>Meta still shows the number to its token, and lists it in its WABA no more.</summary>
    internal const string NumberMoved = "number_moved";

    internal const string SharedProofStale = "shared_proof_stale";

    /// <summary>A stable code: one of the constants here, or in a status also what follows from how the number stands now, such as <c>number_shared</c>.</summary>
    public required string Code { get; init; }

    /// <summary>When it was noticed; of what follows from how the number stands now, when that was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In words, where it is shown to people: what it means. Null in a store, which keeps nothing in a language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>In words, alike: what to do next.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>What it is about, such as the name of a permission or the id of a WABA; never a secret.</summary>
    public string? Subject { get; init; }

    /// <summary>The stable code of why, one of <see cref="ErrorCodes"/>; null where the finding says it all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
