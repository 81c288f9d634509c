using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Hosting;

/// <summary>What all routes of an account share: never cached, in the language of who asks, posts guarded against other sites, an outage told as a problem.</summary>
internal static partial class AccountRoute
{
    /// <summary>A route served by a scoped endpoint class.</summary>
    /// <param name="serve">Serves the request.</param>
    /// <param name="onOutage">Answers when something broke; a problem unless given.</param>
    public static RequestDelegate For<TEndpoint>(Func<TEndpoint, HttpContext, Task> serve, Func<TEndpoint, HttpContext, Task>? onOutage = null)
        where TEndpoint : notnull => async context =>
    {
        context.Response.Headers.CacheControl = "no-store";
        RequestLanguage.Apply(context);
        if (HttpMethods.IsPost(context.Request.Method) && !context.RequestServices.GetRequiredService<PublicAddress>().Allows(context.Request))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.CrossSite).ConfigureAwait(false);
            return;
        }

        using var actor = Actor.Enter(Actor.Account, person: PersonOf(context));
        var endpoint = context.RequestServices.GetRequiredService<TEndpoint>();
        try
        {
            await serve(endpoint, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !context.Response.HasStarted)
        {
            LogBroke(context.RequestServices.GetRequiredService<ILogger<TEndpoint>>(), exception);
            await (onOutage?.Invoke(endpoint, context) ?? ProblemAnswer.WriteAsync(context, ErrorCodes.ServiceUnavailable)).ConfigureAwait(false);
        }
    };

    /// <summary>A route that does something for the account of whoever is signed in; without one it is refused.</summary>
    /// <param name="serve">Serves the request with a scoped service.</param>
    public static RequestDelegate ForAccount<TService>(Func<TService, AccountId, HttpContext, Task> serve)
        where TService : notnull => For<TService>(async (service, context) =>
        {
            if (await context.RequestServices.GetRequiredService<AccountPrincipal>().RequireAsync(context).ConfigureAwait(false) is { } account)
                await serve(service, account, context).ConfigureAwait(false);
        });

    /// <summary>Who is signed in, as the host names the person; null for nobody.</summary>
    public static string? PersonOf(HttpContext context)
    {
        var type = context.RequestServices.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.PersonClaimType;
        return context.User.Identities.Where(identity => identity.IsAuthenticated).Select(identity => identity.FindFirst(type)?.Value ?? identity.Name).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));
    }

    [LoggerMessage(1290, LogLevel.Error, "A request could not be served")]
    private static partial void LogBroke(ILogger logger, Exception exception);
}

/// <summary>
/// Finds the account of whoever is signed in: by the host's own resolver, else by exactly one claim; or a refusal. Never a fallback, and an anonymous
/// principal is refused before the host is asked.
/// </summary>
internal sealed partial class AccountPrincipal(
    AccountResolver resolver, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<AccountPrincipal> logger)
{
    private static readonly TimeSpan ResolvingTime = TimeSpan.FromSeconds(10);

    /// <summary>The account, or none and the code of why.</summary>
    /// <param name="context">The request.</param>
    /// <param name="expected">The account that a state was made for; null where none is known.</param>
    public async ValueTask<(AccountId? Account, string Refusal)> FindAsync(HttpContext context, AccountId? expected = null)
    {
        if (context.User.Identities.All(identity => !identity.IsAuthenticated))
            return (null, ErrorCodes.SignedOut);
        var account = resolver.Resolve is { } resolve
            ? await resolve(context, expected).AsTask().WaitAsync(ResolvingTime, time, context.RequestAborted).ConfigureAwait(false)
            : ByClaim(context.User);
        if (account is null && resolver.Resolve is not null)
            LogNotResolved();
        Actor.Now?.For = account;
        return (account, ErrorCodes.AccountMissing);
    }

    /// <summary>The account; null when the refusal was already written as the answer.</summary>
    public async Task<AccountId?> RequireAsync(HttpContext context)
    {
        var (account, refusal) = await FindAsync(context).ConfigureAwait(false);
        if (account is null)
            await ProblemAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        return account;
    }

    /// <summary>Sends a browser that navigates and is signed out to the host's own sign-in; false when the host has none.</summary>
    public static async Task<bool> TryChallengeAsync(HttpContext context)
    {
        if (context.RequestServices.GetService(typeof(IAuthenticationSchemeProvider)) is not IAuthenticationSchemeProvider schemes || await schemes.GetDefaultChallengeSchemeAsync().ConfigureAwait(false) is null)
            return false;
        await context.ChallengeAsync().ConfigureAwait(false);
        return true;
    }

    private AccountId? ByClaim(ClaimsPrincipal user)
    {
        Claim[] claims = [.. user.Identities.Where(identity => identity.IsAuthenticated).SelectMany(identity => identity.FindAll(options.Value.AccountClaimType))];
        if (claims.Length == 1 && AccountId.TryParse(claims[0].Value, out var account))
            return account;
        LogNoAccount(claims.Length, options.Value.AccountClaimType);
        return null;
    }

    [LoggerMessage(1291, LogLevel.Warning, "A signed-in person has {Count} claims '{Claim}'; exactly one is needed. Issue it at sign-in, name another claim in WhatsAppOnboarding:AccountClaimType, or find the account by code with UseAccountResolver")]
    private partial void LogNoAccount(int count, string claim);

    [LoggerMessage(1292, LogLevel.Warning, "The function given to UseAccountResolver names no account for a signed-in person, so the request is refused")]
    private partial void LogNotResolved();
}

/// <summary>The host's own way to find an account; null for the claim. Registered once.</summary>
internal sealed record AccountResolver(Func<HttpContext, AccountId?, ValueTask<AccountId?>>? Resolve);
