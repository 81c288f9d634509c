using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

public sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<TextAccount> Accounts => Set<TextAccount>();

    public DbSet<HostMessage> Messages => Set<HostMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
}

public sealed class RefusingContext(DbContextOptions<RefusingContext> options) : DbContext(options)
{
    public DbSet<TextAccount> Accounts => Set<TextAccount>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding(model => model.OneAccountPerNumber());
}

public sealed class IdentityContext(DbContextOptions<IdentityContext> options) : IdentityDbContext<HostUser>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddWhatsAppOnboarding();
    }
}

/// <summary>Hides every row of everything, ours too, and is set up against us in every other way a host may.</summary>
public sealed class FilteredContext : DbContext
{
    public FilteredContext(DbContextOptions<FilteredContext> options)
        : base(options)
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
    }

    public DbSet<GuidAccount> Accounts => Set<GuidAccount>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<string>().HaveMaxLength(40);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<long>();
        configurationBuilder.Properties<Enum>().HaveConversion<byte>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddWhatsAppOnboarding();
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            entity.SetQueryFilter(Expression.Lambda(Expression.Constant(false), Expression.Parameter(entity.ClrType)));
    }
}

public sealed class PooledContext(DbContextOptions<PooledContext> options) : DbContext(options)
{
    public DbSet<IntAccount> Accounts => Set<IntAccount>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWhatsAppOnboarding();
}

public sealed class SchemaContext(DbContextOptions<SchemaContext> options) : DbContext(options)
{
    public DbSet<LongAccount> Accounts => Set<LongAccount>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.HasDefaultSchema("app").AddWhatsAppOnboarding(model => model.Schema("whatsapp"));
}
