using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Stores;

/// <summary>
/// The webhook ledger as the library uses it: every verb runs in a scope of its own. That a handler has finished is no verb of this: it belongs to the
/// handler's scope.
/// </summary>
internal sealed class ItemLedger
{
    private const int AskedTogether = 64;

    private readonly IServiceScopeFactory _scopes;
    private readonly IOptionsMonitor<WhatsAppOnboardingOptions> _options;
    private readonly Together<IReadOnlyCollection<string>, IReadOnlyList<LedgerRecord>> _lookUps;
    private bool? _isRegistered;

    public ItemLedger(IServiceScopeFactory scopes, IOptionsMonitor<WhatsAppOnboardingOptions> options)
    {
        (_scopes, _options) = (scopes, options);
        _lookUps = new(AskedTogether, FindTogetherAsync, rounds: 2);
    }

    /// <summary>Whether anything is to be remembered of items that deliveries bring.</summary>
    public bool IsKept => _options.CurrentValue.Webhooks.UseLedger && (_isRegistered ??= IsRegistered());

    /// <summary>What is known of items that a delivery brings. Deliveries that ask at the same time are answered together.</summary>
    public Task<IReadOnlyList<LedgerRecord>> FindDeliveredAsync(IReadOnlyCollection<string> itemKeys, CancellationToken cancellationToken = default) =>
        _lookUps.AddAsync(itemKeys, cancellationToken);

    public Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.FailAsync(account, itemKey, failure, cancellationToken));

    public Task<bool> UnparkAsync(AccountId account, string itemKey, IReadOnlyCollection<string> finished, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.UnparkAsync(account, itemKey, finished, at, cancellationToken));

    public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery query, LedgerRecord? after, int max, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.ListParkedAsync(query, after, max, cancellationToken));

    public Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery query, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.GroupParkedAsync(query, cancellationToken));

    public Task<IReadOnlyList<AccountId>> FindParkedAccountsAsync(ParkedQuery query, AccountId? after, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.FindParkedAccountsAsync(query, after, cancellationToken));

    public Task<LedgerRecord?> TakeParkedAsync(LedgerRecord parked, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.TakeParkedAsync(parked, until, cancellationToken));

    public Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId account, string? after, int max, CancellationToken cancellationToken = default) =>
        UseAsync(ledger => ledger.ListAsync(account, after, max, cancellationToken));

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        var lives = _options.CurrentValue.Webhooks;
        return UseAsync(ledger => ledger.PruneAsync(now - lives.LedgerLife, now - lives.ParkedLife, cancellationToken));
    }

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => UseAsync(async ledger =>
    {
        await ledger.EraseAsync(account, cancellationToken).ConfigureAwait(false);
        return true;
    });

    /// <summary>Whether the host registered one.</summary>
    public bool IsRegistered()
    {
        using var scope = _scopes.CreateScope();
        return Of(scope.ServiceProvider) is not NoLedger;
    }

    private async Task<IReadOnlyList<IReadOnlyList<LedgerRecord>>> FindTogetherAsync(IReadOnlyList<IReadOnlyCollection<string>> asked)
    {
        // Of nobody who asks, and still with an end.
        using var limit = new CancellationTokenSource(_options.CurrentValue.Webhooks.DeliveryTimeout);
        string[] keys = [.. asked.SelectMany(some => some).Distinct()];
        var found = await UseAsync(ledger => ledger.FindAsync(keys, limit.Token)).ConfigureAwait(false);
        if (asked.Count == 1 || found.Count == 0)
            return [.. asked.Select(_ => found)];
        return [.. asked.Select(some => (IReadOnlyList<LedgerRecord>)[.. found.Where(record => some.Contains(record.ItemKey))])];
    }

    private async Task<T> UseAsync<T>(Func<IWebhookLedger, Task<T>> use)
    {
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(Of(scope.ServiceProvider)).ConfigureAwait(false);
    }

    private static IWebhookLedger Of(IServiceProvider services) => services.GetService<IWebhookLedger>() ?? NoLedger.Instance;

    /// <summary>What stands in where no store package brings a ledger: every item is new, and nothing is remembered or parked.</summary>
    private sealed class NoLedger : IWebhookLedger
    {
        public static readonly NoLedger Instance = new();

        public Task<IReadOnlyList<LedgerRecord>> FindAsync(IReadOnlyCollection<string> itemKeys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<LedgerRecord>>([]);

        public Task<LedgerRecord> FinishAsync(LedgerRecord known, string handler, DateTimeOffset at, CancellationToken cancellationToken) => Task.FromResult(known);

        public Task<LedgerRecord> FailAsync(AccountId account, string itemKey, LedgerFailure failure, CancellationToken cancellationToken) =>
            Task.FromResult(LedgerRecord.New(account, itemKey, failure.At));

        public Task<bool> UnparkAsync(AccountId account, string itemKey, IReadOnlyCollection<string> finished, DateTimeOffset at, CancellationToken cancellationToken) =>
            Task.FromResult(false);

        public Task<IReadOnlyList<LedgerRecord>> ListParkedAsync(ParkedQuery query, LedgerRecord? after, int max, CancellationToken cancellationToken) => FindAsync([], cancellationToken);

        public Task<IReadOnlyList<ParkedGroup>> GroupParkedAsync(ParkedQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ParkedGroup>>([]);

        public Task<IReadOnlyList<AccountId>> FindParkedAccountsAsync(ParkedQuery query, AccountId? after, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AccountId>>([]);

        public Task<LedgerRecord?> TakeParkedAsync(LedgerRecord parked, DateTimeOffset until, CancellationToken cancellationToken) => Task.FromResult<LedgerRecord?>(null);

        public Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId account, string? after, int max, CancellationToken cancellationToken) => FindAsync([], cancellationToken);

        public Task<int> PruneAsync(DateTimeOffset touchedBefore, DateTimeOffset parkedBefore, CancellationToken cancellationToken) => Task.FromResult(0);

        public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
