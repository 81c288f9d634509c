using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// A DI scope of the library's own, with the host's context in it: its tracker is empty, so nothing of the host is ever saved along,
/// and whatever the host set up for its own use is set back to what the stores rely on.
/// </summary>
internal sealed class StoreScope : IAsyncDisposable
{
    /// <summary>How many keys one query may name: databases bound the parameters of a query, some at about 2,000.</summary>
    public const int AskedAtOnce = 500;

    private readonly AsyncServiceScope _scope;

    public StoreScope(IServiceScopeFactory scopes)
    {
        _scope = scopes.CreateAsyncScope();
        Context = _scope.ServiceProvider.GetRequiredService<HostContext>().Value;
        Context.ChangeTracker.AutoDetectChangesEnabled = true;
        Context.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
    }

    public DbContext Context { get; }

    public IQueryable<PhoneNumberRow> Numbers => All<PhoneNumberRow>();

    public IQueryable<ConnectAttemptRow> Attempts => All<ConnectAttemptRow>();

    public IQueryable<ReleaseRow> Releases => All<ReleaseRow>();

    public IQueryable<NumberCallRow> NumberCalls => All<NumberCallRow>();

    public IQueryable<WebhookItemRow> WebhookItems => All<WebhookItemRow>();

    /// <summary>Head and numbers in one query, so that they are of one version.</summary>
    public IQueryable<AccountReferenceRow> Account(AccountId account)
    {
        var id = account.ToString();
        return All<AccountReferenceRow>().Where(row => row.AccountId == id).Include(row => row.Numbers).AsSingleQuery();
    }

    public IEnumerable<IAccountWabaReferenceSync> Syncs => _scope.ServiceProvider.GetServices<IAccountWabaReferenceSync>();

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    // The host's filters (tenant, soft delete) are for its own rows and its own requests.
    private IQueryable<TRow> All<TRow>()
        where TRow : class => Context.Set<TRow>().IgnoreQueryFilters().AsNoTracking();
}
