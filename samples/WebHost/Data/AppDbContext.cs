using System.Globalization;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;
using WebHost.Chat;

namespace WebHost.Data;

/// <summary>The host's one database: people, their messages, and what the library keeps; and what open pages are told with each commit.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityUserContext<AppUser>(options), IDataProtectionKeyContext
{
    private readonly List<Func<LiveNews>> _news = [];

    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();

    public DbSet<ChatContact> ChatContacts => Set<ChatContact>();

    public DbSet<ChatDelivery> ChatDeliveries => Set<ChatDelivery>();

    public DbSet<ChatReaction> ChatReactions => Set<ChatReaction>();

    /// <summary>An account's own messages, to be read.</summary>
    public IQueryable<ChatMessage> MessagesOf(AccountId account)
    {
        var id = account.ToString();
        return ChatMessages.AsNoTracking().Where(m => m.AccountId == id);
    }

    /// <summary>An account's own threads, to be read.</summary>
    public IQueryable<ChatContact> ContactsOf(AccountId account)
    {
        var id = account.ToString();
        return ChatContacts.AsNoTracking().Where(c => c.AccountId == id);
    }

    /// <summary>Empty unless <c>DataProtection:Keys</c> is <c>Database</c>.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>What the next commit tells.</summary>
    internal IEnumerable<LiveNews> News => _news.Select(one => one());

    internal void ForgetNews() => _news.Clear();

    /// <summary>Tells open pages with the next commit, and not without it.</summary>
    public void Tell(LiveNews news) => Tell(() => news);

    /// <summary>Tells open pages of a message with the commit that saves it.</summary>
    public void Tell(AccountId account, ChatMessage message)
    {
        // The id is there once the row is written, and in the entity only after the commit.
        var id = Entry(message).Property(m => m.Id);
        Tell(() => new LiveNews(account.ToString(), LiveNews.Message, id.CurrentValue.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Tells open pages of what is no row of this database.</summary>
    public Task TellAsync(LiveNews news, CancellationToken cancellationToken = default)
    {
        Tell(news);
        return Database.CreateExecutionStrategy().ExecuteAsync(
            async () =>
            {
                await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            });
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);

        builder.Entity<AppUser>(user =>
        {
            user.HasAlternateKey(u => u.AccountId);
            user.Property(u => u.AccountId).HasMaxLength(200);
            user.Property(u => u.WabaId).HasMaxLength(32);
        });
        builder.AddChat();
        builder.AddWhatsAppOnboarding();
    }

    private void Tell(Func<LiveNews> news)
    {
        // A single statement has no transaction of its own otherwise.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        _news.Add(news);
    }
}
