using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Upkeep;
using WhatsAppOnboarding.Vocabulary;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>
/// What the people who run the host may look at and put right, over all accounts: the app's webhooks at Meta, what is parked of webhooks and of account events, how an
/// account's books and Meta differ, what is wrong with the host, how far connects come, and that a backup was restored. Never hand it to a request of an account. Registered scoped.
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

    /// <summary>Webhook items that are parked (dead letters: they failed too often and were put aside), in order of their first failure.</summary>
    /// <param name="query">Which; null for all.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery? query = null, LedgerRecord? after = null, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>How many webhook items are parked, by reason and handler, the largest group first; of the query, or all.</summary>
    Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs the handlers that have not finished the parked items of a query, as if Meta had brought them now: of each account in order of arrival, accounts side by side. Only
    /// when all have finished is an item parked no longer; else it stays parked with the new reason.
    /// </summary>
    /// <remarks>
    /// Each item has <see cref="WebhookOptions.DeliveryTimeout"/>, and after three that took longer the rest of their account is left. Whoever replays an item has it: another who does
    /// so at the same time passes it over. An item whose replay died with its process may be replayed again after two and a half minutes and that time.
    /// </remarks>
    /// <param name="query">Which; those that come to be parked meanwhile are not among them.</param>
    /// <param name="cancellationToken">Begins no further item; what was begun ends, and is counted.</param>
    Task<ParkedResult> ReplayParkedAsync(ParkedQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gives the parked items of a query up: they count as finished, also if Meta brings them again.</summary>
    /// <param name="query">Which; those that come to be parked meanwhile are not among them.</param>
    /// <param name="cancellationToken">Gives no further item up.</param>
    Task<ParkedResult> DiscardParkedAsync(ParkedQuery query, CancellationToken cancellationToken = default);

    /// <summary>What accounts were or are told (<see cref="IAccountEventHandler"/>), and what became of it; kept for <see cref="WhatsAppOnboardingOptions.AccountEventLife"/>, oldest first.</summary>
    /// <param name="account">Of one account, in its order; null for all, by time.</param>
    /// <param name="since">Only what happened at this time or later; null for all.</param>
    /// <param name="parked">Whether only what is parked, because it failed too often.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StoredEvent>> ListEventsAsync(
        AccountId? account = null, DateTimeOffset? since = null, bool parked = false, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands a parked account event to the handlers that have not finished it, and waits for them a quarter of a minute at most. One more failure parks it again, with the
    /// new reason. Returns the event as it stands then; null when it was not parked.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="eventId">The event's <see cref="AccountEvent.Id"/>.</param>
    /// <param name="cancellationToken">Gives up before it is handed out.</param>
    Task<StoredEvent?> ReplayParkedEventAsync(AccountId account, Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>Gives a parked account event up: it is handed out no more. False when it was not parked.</summary>
    Task<bool> DiscardParkedEventAsync(AccountId account, Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Compares what is kept of an account with the rules of the authority, with the host's copies, and with Meta: every difference once, none when all is well. Without
    /// <paramref name="repair"/> it changes nothing, and only reads at Meta.
    /// </summary>
    /// <remarks>
    /// A repair mends what is ours: reference and copies are written anew, a missing subscription is made again, one that is there is recorded, and what a disconnect or an
    /// attempt left at Meta is undone. What is the customer's is left: numbers at Meta that are not connected here, and numbers that Meta shows elsewhere or no more,
    /// which upkeep follows. A second repair changes nothing.
    /// </remarks>
    /// <param name="account">The account.</param>
    /// <param name="repair">Whether to mend what is ours; then the answer is what is left. Default: no.</param>
    /// <param name="asksMeta">Whether to compare with Meta, too: two calls for each WABA that is held, within a minute. Default: yes.</param>
    /// <param name="cancellationToken">Gives up before something is mended, never half-way.</param>
    /// <returns>
    /// Findings in English; with <see cref="Finding.Action"/> where Meta was asked. Of the books, with the number as their subject: <c>number_rule</c>, <c>reference_wrong</c>,
    /// <c>copy_missing</c>, <c>copy_wrong</c>, <c>sequence_wrong</c>, <c>token_kept_too_long</c>, <c>not_subscribed</c>, <c>number_taken</c>. Of Meta, with number, WABA or
    /// attempt as their subject: <c>waba_unread</c>, <c>number_not_held</c>, <c>number_not_listed</c>, <c>number_moved</c>, <c>subscription_missing</c>, <c>webhook_address_differs</c>,
    /// <c>subscription_not_recorded</c>, <c>unsubscribe_open</c>, <c>still_subscribed</c> and <c>attempt_not_undone</c>.
    /// </returns>
    Task<IReadOnlyList<Finding>> ReconcileAsync(AccountId account, bool repair = false, bool asksMeta = true, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a link of an account back (<see cref="IWhatsAppSetup.RevokeLinkAsync"/>), in the name of the operator. Returns the link as it is now; null when the account has none of this id.
    /// </summary>
    Task<SetupLink?> RevokeLinkAsync(AccountId account, Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that the stores were restored from a backup: call it once, before a node serves with them. From then on nothing is sent with a number of the backup, delivered of it or repaired for it
    /// until Meta has proved it: its token is inspected, its WABA lists it, and the app is subscribed there. Upkeep looks at all of them at once, as far as Meta's limits allow.
    /// </summary>
    /// <remarks>
    /// <see cref="IWhatsAppAccounts.GetTokenAsync"/> says <see cref="ErrorCodes.UnprovedSinceRestore"/> meanwhile, and deliveries wait in the inbox for seven days, or without one are answered so that Meta brings them again. A WABA
    /// to which the app is not subscribed any more counts as disconnected (<see cref="DisconnectReasons.NotSubscribedAfterRestore"/>); of a number whose token Meta refuses the account
    /// connects again. What the backup was about to undo at Meta is left, because it may have been connected since, and told as <c>still_subscribed</c>; choices that waited are over. Links that were made until now are taken back, for one that was used or taken back since would live again.
    /// May be repeated; then all is proved once more. docs/operations.md says what may come twice, and what Meta cannot tell.
    /// </remarks>
    /// <param name="cancellationToken">Gives up; what was marked by then stays marked.</param>
    /// <returns>How many numbers are to be proved.</returns>
    Task<int> MarkRestoredAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Examines the host as a doctor does: the app at Meta and its webhooks, settings and Meta's dates, the public webhook address as seen from outside, keys, clock, stores, and
    /// whether upkeep runs. Only reads, within 20 seconds.
    /// </summary>
    /// <remarks>
    /// One call to Meta in the app's own name (a second one where Meta does not take the app secret and a previous one is configured), and one GET of the host's own public webhook
    /// address with the verify token, as Meta's handshake makes it; the host must be listening for that. What cannot be examined is a finding, never an exception.
    /// </remarks>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// What is wrong, in English, with what puts it right in <see cref="Finding.Action"/>; what does not work now comes first. None when all is well. The codes, such as
    /// <c>app_secret_wrong</c> or <c>handshake_redirected</c>, are a table in docs/operations.md. No text holds a secret.
    /// </returns>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// How far those came who began to connect since then, and how long it took: all, then by way, outcome and language, each the largest group first. Holds nothing of an account.
    /// </summary>
    /// <remarks>
    /// A start counts once, however often its page asks again; one that the limits refused, or that another site's page caused, does not count. Starts are kept for 30 days, and of more
    /// than 100,000 the newest count. A choice is part of the attempt that asked for it.
    /// </remarks>
    /// <param name="since">From when on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<FunnelGroup>> GetFunnelAsync(DateTimeOffset since, CancellationToken cancellationToken = default);
}

internal sealed class WhatsAppOperator(AppWebhookSetup setup, ParkedWebhooks parked, ParkedEvents events, Reconciliation reconciliation, IServiceProvider services) : IWhatsAppOperator
{
    public Task<WebhookSetupReport> ReadWebhookSetupAsync(CancellationToken cancellationToken) => setup.ReadAsync(cancellationToken);

    public Task<WebhookSetupReport> ApplyWebhookSetupAsync(CancellationToken cancellationToken) => setup.ApplyAsync(cancellationToken);

    public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery? query, LedgerRecord? after, int max, CancellationToken cancellationToken) =>
        parked.ListAsync(query ?? new ParkedQuery(), after, max, cancellationToken);

    public Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery? query, CancellationToken cancellationToken) => parked.GroupAsync(query ?? new ParkedQuery(), cancellationToken);

    public Task<ParkedResult> ReplayParkedAsync(ParkedQuery query, CancellationToken cancellationToken) => parked.ReplayAsync(query, cancellationToken);

    public Task<ParkedResult> DiscardParkedAsync(ParkedQuery query, CancellationToken cancellationToken) => parked.DiscardAsync(query, cancellationToken);

    public Task<IReadOnlyList<StoredEvent>> ListEventsAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken) =>
        events.ListAsync(account, since, parked, max, cancellationToken);

    public Task<StoredEvent?> ReplayParkedEventAsync(AccountId account, Guid eventId, CancellationToken cancellationToken) =>
        events.ReplayAsync(account, eventId, cancellationToken);

    public Task<bool> DiscardParkedEventAsync(AccountId account, Guid eventId, CancellationToken cancellationToken) =>
        events.DiscardAsync(account, eventId, cancellationToken);

    public async Task<IReadOnlyList<Finding>> ReconcileAsync(AccountId account, bool repair, bool asksMeta, CancellationToken cancellationToken)
    {
        using var actor = Actor.Enter(Actor.Operator, account);
        return await reconciliation.RunAsync(account, repair, asksMeta, cancellationToken).ConfigureAwait(false);
    }

    public async Task<SetupLink?> RevokeLinkAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var actor = Actor.Enter(Actor.Operator, account);
        return await services.GetRequiredService<SetupLinks>().RevokeAsync(account, id, null).ConfigureAwait(false);
    }

    public async Task<int> MarkRestoredAsync(CancellationToken cancellationToken)
    {
        using var actor = Actor.Enter(Actor.Operator);
        return await services.GetRequiredService<Restoration>().MarkAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<FunnelGroup>> GetFunnelAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        new FunnelReader(services.GetRequiredService<AttemptRecords>()).ReadAsync(since, cancellationToken);

    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) => new Examination(services).RunAsync(cancellationToken);
}
