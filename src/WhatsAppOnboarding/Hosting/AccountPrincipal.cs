using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Finds the account of whoever is signed in: exactly one claim, or a refusal. Never a fallback.</summary>
internal sealed partial class AccountPrincipal(IOptions<WhatsAppOnboardingOptions> options, ILogger<AccountPrincipal> logger)
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
        if (claims.Length == 1 && AccountId.TryParse(claims[0].Value, out var account))
            return account;
        Log.NoAccount(logger, claims.Length, options.Value.AccountClaimType);
        return null;
    }

    /// <summary>The account; null when the refusal was already written as the answer.</summary>
    public async Task<AccountId?> RequireAsync(HttpContext context)
    {
        if (Find(context.User, out var refusal) is { } account)
            return account;
        await ProblemAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        return null;
    }

    /// <summary>Sends a browser that navigates and is signed out to the host's own sign-in; false when the host has none.</summary>
    public static async Task<bool> TryChallengeAsync(HttpContext context)
    {
        var known = await HasChallengeAsync(context).ConfigureAwait(false);
        if (known)
            await context.ChallengeAsync().ConfigureAwait(false);
        return known;
    }

    private static async Task<bool> HasChallengeAsync(HttpContext context) =>
        context.RequestServices.GetService(typeof(IAuthenticationSchemeProvider)) is IAuthenticationSchemeProvider schemes
        && await schemes.GetDefaultChallengeSchemeAsync().ConfigureAwait(false) is not null;

    private static partial class Log
    {
        [LoggerMessage(1291, LogLevel.Warning, "A signed-in person has {Count} claims '{Claim}'; exactly one is needed. Issue it at sign-in, or name another claim in WhatsAppOnboarding:AccountClaimType")]
        public static partial void NoAccount(ILogger logger, int count, string claim);
    }
}
