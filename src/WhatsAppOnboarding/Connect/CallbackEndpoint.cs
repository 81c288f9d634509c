using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>GET …/callback</c>: Meta sends the browser back; the attempt is finished here and the browser sent on, without code and state.</summary>
internal sealed partial class CallbackEndpoint(
    StateBinding binding,
    ConnectAttempts attempts,
    ReturnPath returnPath,
    IOptions<WhatsAppOnboardingOptions> options,
    ILogger<CallbackEndpoint> logger)
{
    public async Task FinishAsync(HttpContext context)
    {
        if (Navigation.RefusesPrefetch(context))
            return;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        Navigation.SeeOther(context, await FinishCoreAsync(context).ConfigureAwait(false));
    }

    /// <summary>Something broke that no outcome covers.</summary>
    public Task BreakOff(HttpContext context)
    {
        Navigation.SeeOther(context, returnPath.OfError(ErrorCodes.Interrupted));
        return Task.CompletedTask;
    }

    private async Task<string> FinishCoreAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (state, refusal) = await binding.CheckAsync(context, query["state"], byPost: false).ConfigureAwait(false);
        var code = query["code"] is [{ Length: > 0 and <= OAuthRequest.MaxCodeLength } one] ? one : null;
        refusal ??= RefusalOf(code, query["error"]) ?? (await MayManageAsync(context).ConfigureAwait(false) ? null : ErrorCodes.Forbidden);
        if (state is null || code is null || refusal is not null)
        {
            refusal ??= ErrorCodes.CallbackIncomplete;
            LogRefused(refusal);
            if (refusal == ErrorCodes.Cancelled)
                LogNoConsent();
            return returnPath.OfError(refusal);
        }

        var end = await attempts.FinishAsync(state, code, ConnectHints.None).ConfigureAwait(false);
        return end.Code == AttemptView.Choose ? returnPath.OfChoice(end.Attempt?.Id)
            : AttemptView.IsSaved(end.Code) ? returnPath.OfSuccess(state, end.Code, end.Attempt?.Id)
            : returnPath.OfError(end.Code, end.Attempt?.Id);
    }

    /// <summary>The host's policy, here by hand: as a convention of the route it would challenge a browser that carries a code.</summary>
    private async Task<bool> MayManageAsync(HttpContext context) =>
        options.Value.ManagePolicy is not { } policy
        || (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, policy).ConfigureAwait(false)).Succeeded;

    /// <summary>Why there is nothing to finish. Meta's own words in the query are never shown.</summary>
    private static string? RefusalOf(string? code, StringValues error) => (code, error) switch
    {
        (not null, []) => null,
        (null, ["access_denied"]) => ErrorCodes.Cancelled,
        (null, [_]) => ErrorCodes.MetaRefused,
        _ => ErrorCodes.CallbackIncomplete,
    };

    [LoggerMessage(1300, LogLevel.Information, "A return from Meta was not used: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(1301, LogLevel.Information, "Meta came back without consent (access_denied). Most people pressed Cancel; but Meta answers the same when the app is in Development mode and the person has no role in it, or when the configuration asks for more than the app may grant: see the app mode and App Review > Permissions and Features in the App Dashboard")]
    private partial void LogNoConsent();
}
