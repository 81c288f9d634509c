using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Http;

/// <summary>Finds the account of whoever is signed in: exactly one claim, or a refusal. Never a fallback.</summary>
internal sealed class AccountPrincipal(IOptions<WhatsAppOnboardingOptions> options)
{
    /// <summary>The account, or the code of why there is none.</summary>
    public AccountId? Find(ClaimsPrincipal user, out string refusal)
    {
        refusal = ErrorCodes.SignedOut;
        if (user.Identities.All(identity => !identity.IsAuthenticated))
            return null;

        refusal = ErrorCodes.AccountMissing;
        var claims = user.Identities
            .Where(identity => identity.IsAuthenticated)
            .SelectMany(identity => identity.FindAll(options.Value.AccountClaimType))
            .ToArray();
        return claims.Length == 1 && AccountId.TryParse(claims[0].Value, out var account) ? account : null;
    }

    /// <summary>The account; null when the refusal was already written as the answer.</summary>
    public async Task<AccountId?> RequireAsync(HttpContext context)
    {
        if (Find(context.User, out var refusal) is { } account)
            return account;
        await ProblemAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        return null;
    }

    /// <summary>As <see cref="RequireAsync"/> for a browser that navigates: signed out leads to the host's own sign-in.</summary>
    public async Task<AccountId?> RequireOrChallengeAsync(HttpContext context)
    {
        if (Find(context.User, out var refusal) is { } account)
            return account;
        if (refusal == ErrorCodes.SignedOut && await HasChallengeAsync(context).ConfigureAwait(false))
            await context.ChallengeAsync().ConfigureAwait(false);
        else
            await ProblemAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        return null;
    }

    private static async Task<bool> HasChallengeAsync(HttpContext context) =>
        context.RequestServices.GetService(typeof(IAuthenticationSchemeProvider)) is IAuthenticationSchemeProvider schemes
        && await schemes.GetDefaultChallengeSchemeAsync().ConfigureAwait(false) is not null;
}
