namespace WhatsAppOnboarding;

/// <summary>One thing that an account must do, now or soon, or that is being done for it; of several numbers that need the same it is one. Holds no token.</summary>
public sealed record AttentionItem
{
    /// <summary>
    /// The stable code of what it is: that of a reason of readiness (docs/numbers.md), of a disconnect, such as <c>partner_removed</c>, or of a step, such as <c>sync_history</c>; or
    /// <c>choose</c>, <c>ban_scheduled</c>, <c>still_subscribed</c>, <c>in_work</c>. Later versions may add some.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>What is the matter, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    public required string Action { get; init; }

    /// <summary>Who does it: <c>account</c> (its administrator), or <c>operator</c> where the people who run the service work on it.</summary>
    public required string Who { get; init; }

    /// <summary>Whether numbers do not receive or do not send because of it; else they still do.</summary>
    public required bool Blocks { get; init; }

    /// <summary>Where to do it: an address at Meta, or a path of the host's own onboarding page; null where nowhere.</summary>
    public string? Link { get; init; }

    /// <summary>The numbers that it is about, by their ids at Meta; empty for <c>choose</c>.</summary>
    public IReadOnlyList<string> PhoneNumberIds { get; init; } = [];

    /// <summary>The same numbers in the same order as Meta displays them, or by their ids where it displays none. Text from outside.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>Since when; of several numbers since the last one. Null where only that it is so is known, and not when it began.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until when it can be done, or when what it warns of comes: the end of a token, a choice, Meta's day for copying the app's data. Null for no such time.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
