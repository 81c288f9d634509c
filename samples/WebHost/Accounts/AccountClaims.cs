using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WebHost.Operator;

namespace WebHost.Accounts;

/// <summary>Puts the account's id into the sign-in, where the library and this host read it.</summary>
public sealed class AccountClaims(UserManager<AppUser> users, Operators operators, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    public const string Type = "account_id";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(Type, user.AccountId));
        if (operators.IsNamed(user.Email))
            identity.AddClaim(new Claim(Operators.Policy, "named"));
        return identity;
    }
}
