namespace WhatsAppOnboarding.Webhooks.Handling;

/// <summary>What came of an item, from best to worst.</summary>
internal enum ItemOutcome
{
    /// <summary>Every handler has finished, or the item is parked.</summary>
    Done,

    /// <summary>It is to come again.</summary>
    Failed,

    /// <summary>It is to come again, and a handler that does not listen still looks at it.</summary>
    LeftBehind,
}
