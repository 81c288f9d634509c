using Microsoft.AspNetCore.Identity;
using WebHost.Chat;
using WebHost.Data;

namespace WebHost.Accounts;

/// <summary>Deletes an account: first its connection to Meta, then the person and, with them, their messages.</summary>
public sealed class AccountDeletion(IWhatsAppAccounts accounts, UserManager<AppUser> users, AppDbContext db)
{
    public async Task<IdentityResult> DeleteAsync(AppUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await accounts.EraseAsync(AccountId.Parse(user.AccountId), cancellationToken);
        db.Tell(new LiveNews(user.AccountId, LiveNews.AccountEnded));
        return await users.DeleteAsync(user);
    }
}
