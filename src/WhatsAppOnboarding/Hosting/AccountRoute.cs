using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;

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

    [LoggerMessage(1290, LogLevel.Error, "A request could not be served")]
    private static partial void LogBroke(ILogger logger, Exception exception);
}
