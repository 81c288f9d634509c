using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Vocabulary;
using WhatsAppOnboarding.WebhookLedger;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class LedgerUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    public Task<IReadOnlyList<LedgerRecord>> FindAsync(AccountId account, params string[] items) => UseAsync(ledger => ledger.FindAsync(account, items, cancellationToken));

    public async Task<LedgerRecord> OneAsync(AccountId account, string item) => (await FindAsync(account, item).ConfigureAwait(false)).Single();

    public Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset? at = null) =>
        UseAsync(ledger => ledger.FinishAsync(known, handler, at ?? Some.Time, cancellationToken));

    public Task<LedgerRecord> FinishNewAsync(AccountId account, string item, string handler = "First", DateTimeOffset? at = null) =>
        FinishAsync(LedgerRecord.New(account, item, at ?? Some.Time), handler, at);

    public Task<LedgerRecord> FailAsync(AccountId account, string item, LedgerFailure failure) =>
        UseAsync(ledger => ledger.FailAsync(account, item, failure, cancellationToken));

    public Task<bool> UnparkAsync(AccountId account, string item, DateTimeOffset at, params string[] finished) =>
        UseAsync(ledger => ledger.UnparkAsync(account, item, finished, at, cancellationToken));

    public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(AccountId? account, int max) => UseAsync(ledger => ledger.ListParkedAsync(account, max, cancellationToken));

    public async Task PruneAllAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedTouchedBefore)
    {
        while (await UseAsync(ledger => ledger.PruneAsync(touchedBefore, parkedTouchedBefore, cancellationToken)).ConfigureAwait(false) > 0)
        {
        }
    }

    public Task EraseAsync(AccountId account) => UseAsync(async ledger =>
    {
        await ledger.EraseAsync(account, cancellationToken).ConfigureAwait(false);
        return true;
    });

    private async Task<T> UseAsync<T>(Func<IWebhookLedger, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<IWebhookLedger>()).ConfigureAwait(false);
    }
}
