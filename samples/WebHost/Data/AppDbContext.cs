using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;
using WebHost.Chat;

namespace WebHost.Data;

/// <summary>The host's one database: people, their messages, and what the library keeps.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityUserContext<AppUser>(options)
{
    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();

    public DbSet<ChatContact> ChatContacts => Set<ChatContact>();

    public DbSet<ChatDelivery> ChatDeliveries => Set<ChatDelivery>();

    public DbSet<ChatReaction> ChatReactions => Set<ChatReaction>();

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
}
