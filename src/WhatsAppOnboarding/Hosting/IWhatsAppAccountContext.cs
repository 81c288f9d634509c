namespace WhatsAppOnboarding;

/// <summary>
/// For which account a handler's scope works. It is set before the handler and whatever it needs is built, so that a context which stamps or guards a
/// tenant can take it in its constructor. Registered scoped; in every other scope, such as that of a request, all of it is null.
/// </summary>
public interface IWhatsAppAccountContext
{
    /// <summary>The account that the handler is called for; null outside of an <c>IWebhookHandler</c> and an <see cref="IAccountEventHandler"/>.</summary>
    AccountId? AccountId { get; }

    /// <summary>The WABA that a webhook is about; null in an account event.</summary>
    WabaId? WabaId { get; }

    /// <summary>The number that it is about; null when it is about the WABA or several numbers.</summary>
    PhoneNumberId? PhoneNumberId { get; }
}
