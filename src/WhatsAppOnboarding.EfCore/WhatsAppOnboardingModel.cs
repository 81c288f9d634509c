using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding;

/// <summary>What a host may decide about the library's tables.</summary>
public sealed class WhatsAppOnboardingModel
{
    private string? _schema;
    private string? _collation;
    private bool _oneAccountPerNumber;

    internal WhatsAppOnboardingModel()
    {
    }

    /// <summary>Puts the tables into a schema of their own. Default: the model's.</summary>
    public WhatsAppOnboardingModel Schema(string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(schema);
        _schema = schema;
        return this;
    }

    /// <summary>
    /// Lets the database itself refuse that two accounts hold the same number. Belongs to <c>SharedNumbers = Refuse</c>; start-up checks that they agree.
    /// </summary>
    public WhatsAppOnboardingModel OneAccountPerNumber()
    {
        _oneAccountPerNumber = true;
        return this;
    }

    /// <summary>
    /// Gives a collation to the columns that hold ids in which case and accents count (account ids, and the keys of webhook items). Default: the database's.
    /// Needed where that is not exact, so for SQL Server: <c>Collation("Latin1_General_100_BIN2")</c>; for MySQL a binary one, such as <c>utf8mb4_bin</c>.
    /// </summary>
    /// <param name="exact">The database's name for a collation that compares exactly.</param>
    public WhatsAppOnboardingModel Collation(string exact)
    {
        ArgumentException.ThrowIfNullOrEmpty(exact);
        _collation = exact;
        return this;
    }

    internal void ApplyTo(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new AccountReferenceConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new PhoneNumberConfiguration(_schema, _oneAccountPerNumber));
        modelBuilder.ApplyConfiguration(new ConnectAttemptConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new SetupLinkConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new StartedAttemptConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new MetaCallConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new WebhookItemConfiguration(_schema));
        modelBuilder.ApplyConfiguration(new AccountEventConfiguration(_schema));
        var inbox = new InboxConfiguration(_schema);
        modelBuilder.ApplyConfiguration<InboxRow>(inbox);
        modelBuilder.ApplyConfiguration<InboxNodeRow>(inbox);
        modelBuilder.ApplyConfiguration<InboxShardRow>(inbox);
        if (_collation is null)
            return;
        modelBuilder.Entity<AccountReferenceRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<PhoneNumberRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<ConnectAttemptRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<SetupLinkRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<StartedAttemptRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<AccountEventRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<WebhookItemRow>().Property(row => row.AccountId).UseCollation(_collation);
        modelBuilder.Entity<WebhookItemRow>().Property(row => row.Item).UseCollation(_collation);
    }
}
