using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class LedgerUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    private readonly StoreUnderCheck<IWebhookLedger> _ledger = new(services, cancellationToken);

    public Task<IReadOnlyList<LedgerRecord>> FindAsync(params string[] itemKeys) => UseAsync(ledger => ledger.FindAsync(itemKeys, cancellationToken));

    public async Task<IReadOnlyList<LedgerRecord>> FindOfAsync(AccountId account, params string[] itemKeys) =>
        [.. (await FindAsync(itemKeys).ConfigureAwait(false)).Where(record => record.AccountId == account)];

    public async Task<LedgerRecord> OneAsync(AccountId account, string itemKey) => (await FindOfAsync(account, itemKey).ConfigureAwait(false)).Single();

    public Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset? at = null) =>
        UseAsync(ledger => ledger.FinishAsync(known, handler, at ?? Some.Time, cancellationToken));

    public Task<LedgerRecord> FinishNewAsync(AccountId account, string itemKey, string handler = "First", DateTimeOffset? at = null) =>
        FinishAsync(LedgerRecord.New(account, itemKey, at ?? Some.Time), handler, at);

    public Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure) =>
        UseAsync(ledger => ledger.FailAsync(account, itemKey, failure, cancellationToken));

    public Task<bool> UnparkAsync(AccountId account, string itemKey, DateTimeOffset at, params string[] finished) =>
        UseAsync(ledger => ledger.UnparkAsync(account, itemKey, finished, at, cancellationToken));

    public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery query, int max = 1000, LedgerRecord? after = null) =>
        UseAsync(ledger => ledger.ListParkedAsync(query, after, max, cancellationToken));

    public Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery query) => UseAsync(ledger => ledger.GroupParkedAsync(query, cancellationToken));

    public Task<IReadOnlyList<AccountId>> FindParkedAccountsAsync(ParkedQuery query, AccountId? after = null) =>
        UseAsync(ledger => ledger.FindParkedAccountsAsync(query, after, cancellationToken));

    public Task<LedgerRecord?> TakeParkedAsync(LedgerRecord parked, DateTimeOffset until) => UseAsync(ledger => ledger.TakeParkedAsync(parked, until, cancellationToken));

    public Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId account, string? after, int max) => UseAsync(ledger => ledger.ListAsync(account, after, max, cancellationToken));

    public async Task PruneAllAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedBefore)
    {
        while (await UseAsync(ledger => ledger.PruneAsync(touchedBefore, parkedBefore, cancellationToken)).ConfigureAwait(false) > 0)
        {
        }
    }

    public Task EraseAsync(AccountId account) => _ledger.DoAsync((ledger, token) => ledger.EraseAsync(account, token));

    private Task<T> UseAsync<T>(Func<IWebhookLedger, Task<T>> use) => _ledger.UseAsync((ledger, _) => use(ledger));
}
