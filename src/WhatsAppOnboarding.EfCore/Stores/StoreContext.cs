using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>
/// The host's own context in a scope that the library opened for one verb: its tracker is empty, so nothing of the host is ever saved along, and whatever
/// the host set up for its own use is set back to what the stores rely on. Registered scoped.
/// </summary>
internal sealed class StoreContext(HostContext host)
{
    /// <summary>How many keys one query may name: databases bound the parameters of a query, some at about 2,000.</summary>
    public const int AskedAtOnce = 500;

    // A compiled query serves the contexts of one model only, and a process may hold several.
    private static readonly ConditionalWeakTable<IModel, FindNumber> _findNumber = [];

    private DbContext? _value;

    /// <exception cref="InvalidOperationException">The scope is not the library's: something is pending there.</exception>
    public DbContext Value => _value ??= Prepared(host.Value);

    public IQueryable<PhoneNumberRow> Numbers => All<PhoneNumberRow>();

    public IQueryable<ConnectAttemptRow> Attempts => All<ConnectAttemptRow>();

    public IQueryable<SetupLinkRow> SetupLinks => All<SetupLinkRow>();

    public IQueryable<StartedAttemptRow> Starts => All<StartedAttemptRow>();

    public IQueryable<MetaCallRow> MetaCalls => All<MetaCallRow>();

    public IQueryable<AccountEventRow> AccountEvents => All<AccountEventRow>();

    public IQueryable<AccountReferenceRow> Accounts => All<AccountReferenceRow>();

    public IQueryable<WebhookItemRow> WebhookItems => All<WebhookItemRow>();

    public IQueryable<InboxRow> Inbox => All<InboxRow>();

    public IQueryable<InboxNodeRow> InboxNodes => All<InboxNodeRow>();

    public IQueryable<InboxShardRow> InboxShards => All<InboxShardRow>();

    /// <summary>Head and numbers in one query, so that they are of one version.</summary>
    public IQueryable<AccountReferenceRow> Account(AccountId account)
    {
        var id = account.ToString();
        return All<AccountReferenceRow>().Where(row => row.AccountId == id).Include(row => row.Numbers).AsSingleQuery();
    }

    /// <summary>One number of one account, by a compiled query: every send of a host reads one.</summary>
    public Task<PhoneNumberRow?> FindNumberAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken) =>
        _findNumber.GetValue(Value.Model, _ => CompileFindNumber())(Value, account.ToString(), number.ToString(), cancellationToken);

    private static FindNumber CompileFindNumber()
    {
        var find = EF.CompileAsyncQuery((DbContext context, string account, string number, CancellationToken cancellationToken) =>
            context.Set<PhoneNumberRow>().IgnoreQueryFilters().AsNoTracking().SingleOrDefault(row => row.AccountId == account && row.PhoneNumberId == number));
        return new FindNumber(find);
    }

    private static DbContext Prepared(DbContext context)
    {
        if (context.ChangeTracker.Entries().Any())
        {
            throw new InvalidOperationException(
                $"This {context.GetType().Name} tracks rows already. A store of WhatsAppOnboarding works in a scope of its own, never in that of a request: "
                + "resolve it in a new scope for every call.");
        }

        context.ChangeTracker.AutoDetectChangesEnabled = true;
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.WhenNeeded;
        return context;
    }

    // The host's filters (tenant, soft delete) are for its own rows and its own requests.
    private IQueryable<TRow> All<TRow>()
        where TRow : class => Value.Set<TRow>().IgnoreQueryFilters().AsNoTracking();

    private delegate Task<PhoneNumberRow?> FindNumber(DbContext context, string account, string number, CancellationToken cancellationToken);
}

/// <summary>The host's own context of this scope, for parts that need not know its type. Registered scoped.</summary>
internal sealed class HostContext(DbContext context)
{
    public DbContext Value { get; } = context;
}

/// <summary>Says which context the host chose. Registered once; the start-up check reads it.</summary>
internal sealed record HostContextType(Type Type);
