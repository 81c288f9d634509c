using Microsoft.AspNetCore.Identity;
using WebHost.Chat;

namespace WebHost.Accounts;

/// <summary>Deletes an account: first its connection to Meta, then the person and, with them, their messages.</summary>
public sealed class AccountDeletion(IWhatsAppAccounts accounts, UserManager<AppUser> users, LiveFeed feed)
{
    public async Task<IdentityResult> DeleteAsync(AppUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        await accounts.EraseAsync(AccountId.Parse(user.AccountId), cancellationToken);
        var result = await users.DeleteAsync(user);
        feed.EndAccount(user.AccountId);
        return result;
    }
}
