using Microsoft.EntityFrameworkCore;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>A host's database: the library's tables, and what its handler does.</summary>
internal sealed class EnduranceContext(DbContextOptions<EnduranceContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    public static void Use(DbContextOptionsBuilder options, string database) => _ = database.StartsWith("Data Source=", StringComparison.Ordinal)
        ? options.UseSqlite(database)
        : options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure());

    public static EnduranceContext Open(string database)
    {
        var options = new DbContextOptionsBuilder<EnduranceContext>();
        Use(options, database);
        return new EnduranceContext(options.Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddWhatsAppOnboarding();
        modelBuilder.Entity<Effect>();
    }
}

/// <summary>That an item was handled. Nothing keeps it from being there twice but the ledger.</summary>
internal sealed class Effect
{
    public long Id { get; init; }

    public required string Key { get; init; }

    /// <summary>When its handler began, in ticks.</summary>
    public long BeganAt { get; init; }
}
