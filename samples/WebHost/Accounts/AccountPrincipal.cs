using System.Security.Claims;

namespace WebHost.Accounts;

public static class AccountPrincipal
{
    /// <summary>The account of a signed-in person: exactly one claim, or an exception.</summary>
    public static AccountId AccountId(this ClaimsPrincipal person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return WhatsAppOnboarding.AccountId.Parse(person.FindAll(AccountClaims.Type).Single().Value);
    }
}
