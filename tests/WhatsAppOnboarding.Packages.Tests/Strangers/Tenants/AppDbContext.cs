using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Webhooks;

public interface ICurrentTenant
{
    string? Id { get; }
}

public sealed class AppDbContext(DbContextOptions<AppDbContext> options, IWhatsAppAccountContext whatsApp, ICurrentTenant request) : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options)
{
    private string? Tenant => whatsApp.AccountId?.ToString() ?? request.Id;

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<ChatMessage> Messages => Set<ChatMessage>();

    private Guid? TenantId => Guid.TryParse(Tenant, out var id) ? id : null;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Account>().HasQueryFilter(account => account.AccountId == TenantId);
        modelBuilder.Entity<ChatMessage>().HasQueryFilter(message => message.AccountId == Tenant);
        //@ docs/stores.md#model
    }
}

public sealed class Account
{
    public Guid AccountId { get; set; }

    public string? WabaId { get; set; }
}

public sealed class ChatMessage
{
    public int Id { get; set; }

    public string AccountId { get; set; } = "";

    public string Text { get; set; } = "";
}

public sealed class AppUser : IdentityUser<Guid>
{
    public Guid AccountId { get; set; }
}

//@ docs/configuration.md#claim

//@ docs/stores.md#handler
