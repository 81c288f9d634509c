namespace WhatsAppOnboarding.Webhooks;

/// <summary>That a handler failed on an item.</summary>
/// <param name="Handler">Which handler, by name.</param>
/// <param name="Exception">Why.</param>
/// <param name="StillRuns">Whether it does not listen to the token and still looks at the item.</param>
internal sealed record HandlerFailure(string Handler, Exception Exception, bool StillRuns);
