namespace WhatsAppOnboarding;

/// <summary>
/// Where Meta sends the webhooks of the app and which fields come, compared with what this library needs. For operators: it concerns all accounts,
/// and calls Meta in the app's own name. Registered scoped.
/// </summary>
public interface IWebhookSetup
{
    /// <summary>Reads what is effective, and changes nothing.</summary>
    Task<WebhookSetupReport> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets this host's address and the fields that are needed, and reads back what is effective then. Fields that are subscribed already stay.
    /// Meta calls the address before it answers, so the host must be listening. May be repeated.
    /// </summary>
    Task<WebhookSetupReport> ApplyAsync(CancellationToken cancellationToken = default);
}
