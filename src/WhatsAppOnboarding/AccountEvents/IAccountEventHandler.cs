namespace WhatsAppOnboarding;

/// <summary>Called with what happened to accounts, after the commit. Add with <c>AddAccountEventHandler</c>; each event and handler has a scope of its own.</summary>
public interface IAccountEventHandler
{
    /// <summary>
    /// Handles one event. It comes at least once, and of one account in order: an event waits until all handlers have finished the one before. Where it matters, know
    /// again by <see cref="AccountEvent.Id"/> what was handled. An exception is logged (1250), keeps no other handler from the event, and has this one called again
    /// after a minute, then at growing distances; after 20 failures the event is parked, and the next one comes. One that has not ended after ten seconds is
    /// cancelled, logged (1251), left behind and counts as failed; hand long work on.
    /// </summary>
    Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken = default);
}
