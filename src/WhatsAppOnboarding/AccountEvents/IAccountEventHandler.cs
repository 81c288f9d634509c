namespace WhatsAppOnboarding;

/// <summary>Told what happened to accounts, after the commit. Add with <c>AddAccountEventHandler</c>; runs in a scope of its own.</summary>
public interface IAccountEventHandler
{
    /// <summary>Handles one event. An exception is logged and changes nothing.</summary>
    Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken = default);
}
