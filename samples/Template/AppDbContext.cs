using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;

namespace WhatsApp_Host;

/// <summary>The app's one database: its people, its messages, and what the library keeps.</summary>
public sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityUserContext<AppUser>(options)
{
#if (chat)
    public DbSet<ChatMessage> Messages => Set<ChatMessage>();

#endif
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddWhatsAppOnboarding();
    }
}

/// <summary>A person, who belongs to one account of the service. Whoever signs up begins an account; let invited people take over that of another.</summary>
public sealed class AppUser : IdentityUser
{
    public string AccountId { get; set; } = Guid.NewGuid().ToString("N");
}

/// <summary>Gives whoever is signed in the claim that says whose numbers they see.</summary>
public sealed class AccountClaims(UserManager<AppUser> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim("account_id", user.AccountId));
        return identity;
    }
}
