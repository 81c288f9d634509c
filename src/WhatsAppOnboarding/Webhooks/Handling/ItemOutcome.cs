namespace WhatsAppOnboarding.Webhooks;

/// <summary>What came of an item, from best to worst.</summary>
internal enum ItemOutcome
{
    /// <summary>Every handler has finished, or the item is parked.</summary>
    Done,

    /// <summary>Nothing was tried, for too much of that account is being handled; it is to come again.</summary>
    Busy,

    /// <summary>It is to come again.</summary>
    Failed,

    /// <summary>It is to come again, and a handler that does not listen still looks at it.</summary>
    LeftBehind,
}
