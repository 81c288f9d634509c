using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>
/// What the people who run the host may look at and put right, over all accounts: the app's webhooks at Meta, webhooks that are parked, the books of an
/// account. Never hand it to a request of an account. Registered scoped.
/// </summary>
public interface IWhatsAppOperator
{
    /// <summary>
    /// Where Meta sends the app's webhooks and which fields come, compared with what this library needs; changes nothing. Calls Meta in the app's own name.
    /// </summary>
    Task<WebhookSetupReport> ReadWebhookSetupAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets this host's address and the fields that are needed, and reads back what is effective then. Fields that are subscribed already stay.
    /// Meta calls the address before it answers, so the host must be listening. May be repeated.
    /// </summary>
    Task<WebhookSetupReport> ApplyWebhookSetupAsync(CancellationToken cancellationToken = default);

    /// <summary>What is parked (a dead letter: it failed too often and was put aside), oldest first.</summary>
    /// <param name="account">Of one account; null for all.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(AccountId? account = null, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs the handlers that have not finished a parked item, as if Meta had brought it now. Only when all have finished is it parked no longer; else it
    /// stays parked with the new reason. Returns the item as it stands then; null when it was not parked.
    /// </summary>
    Task<LedgerRecord?> ReplayParkedAsync(AccountId account, string itemKey, CancellationToken cancellationToken = default);

    /// <summary>Gives a parked item up: it counts as finished, also if Meta brings it again. False when it was not parked.</summary>
    Task<bool> DiscardParkedAsync(AccountId account, string itemKey, CancellationToken cancellationToken = default);

    /// <summary>Compares what is kept of an account with the rules of the authority: every rule that does not hold, none when all is well.</summary>
    /// <returns>
    /// Findings in English, with the number as their subject: <c>number_rule</c>, <c>reference_wrong</c>, <c>copy_missing</c>, <c>copy_wrong</c>, <c>sequence_wrong</c>,
    /// <c>token_kept_too_long</c>, <c>not_subscribed</c> or <c>number_taken</c>.
    /// </returns>
    Task<IReadOnlyList<Finding>> CheckConsistencyAsync(AccountId account, CancellationToken cancellationToken = default);
}

internal sealed class WhatsAppOperator(AppWebhookSetup setup, ParkedWebhooks parked, ConsistencyCheck consistency) : IWhatsAppOperator
{
    public Task<WebhookSetupReport> ReadWebhookSetupAsync(CancellationToken cancellationToken) => setup.ReadAsync(cancellationToken);

    public Task<WebhookSetupReport> ApplyWebhookSetupAsync(CancellationToken cancellationToken) => setup.ApplyAsync(cancellationToken);

    public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(AccountId? account, int max, CancellationToken cancellationToken) =>
        parked.ListAsync(account, max, cancellationToken);

    public Task<LedgerRecord?> ReplayParkedAsync(AccountId account, string itemKey, CancellationToken cancellationToken) =>
        parked.ReplayAsync(account, itemKey, cancellationToken);

    public Task<bool> DiscardParkedAsync(AccountId account, string itemKey, CancellationToken cancellationToken) =>
        parked.DiscardAsync(account, itemKey, cancellationToken);

    public Task<IReadOnlyList<Finding>> CheckConsistencyAsync(AccountId account, CancellationToken cancellationToken) =>
        consistency.CheckAsync(account, cancellationToken);
}
