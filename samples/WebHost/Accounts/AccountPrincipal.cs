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

    /// <summary>Names the signed-in person in the record of what is done meanwhile.</summary>
    public static IDisposable Acts(this ClaimsPrincipal person) => AccountEvent.By(person.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
