using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// What finishes an attempt for a browser that navigates and is then sent on: <c>GET …/callback</c>, where Meta sends it back with code and state, and
/// <c>POST …/choose</c> of a form, for pages without scripts.
/// </summary>
internal sealed partial class CallbackEndpoint(
    AccountPrincipal principal,
    StateBinding binding,
    ConnectAttempts attempts,
    AttemptStarts starts,
    ReturnPath returnPath,
    IOptions<WhatsAppOnboardingOptions> options,
    ILogger<CallbackEndpoint> logger)
{
    private const string AccessDenied = "access_denied";
    private const string UserDenied = "user_denied";
    private const int MaxFormBytes = 64 * 1024;
    private const int MaxFormValues = 1100;

    /// <summary>The words that OAuth has for <c>error</c>, but for the one that people cause.</summary>
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["server_error"] = ErrorCodes.MetaUnavailable,
        ["temporarily_unavailable"] = ErrorCodes.MetaUnavailable,
        ["invalid_request"] = ErrorCodes.AppMisconfigured,
        ["invalid_scope"] = ErrorCodes.AppMisconfigured,
        ["unauthorized_client"] = ErrorCodes.AppMisconfigured,
        ["unsupported_response_type"] = ErrorCodes.AppMisconfigured,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public async Task FinishAsync(HttpContext context)
    {
        if (Navigation.RefusesPrefetch(context))
            return;
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (binding.Read(context.Request.Query["state"]) is { LinkId: not null } ofLink)
        {
            await ReturnToLinkAsync(context, ofLink).ConfigureAwait(false);
            return;
        }

        Navigation.SeeOther(context, await FinishCoreAsync(context).ConfigureAwait(false));
    }

    /// <summary>A form's choice. Whoever is signed out meanwhile is led to the page with the question, which has them sign in.</summary>
    public async Task ChooseAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MaxFormBytes;
        var request = ChooseRequest.Read(await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MaxFormValues }, context.RequestAborted).ConfigureAwait(false));
        Navigation.SeeOther(context, await ChooseCoreAsync(context, request).ConfigureAwait(false));
    }

    private async Task<string> ChooseCoreAsync(HttpContext context, ChooseRequest? request)
    {
        var isAllowed = await IsAllowedByRouteAsync(context).ConfigureAwait(false);
        var (account, refusal) = await principal.FindAsync(context).ConfigureAwait(false);
        if (account is not { } signedIn)
            return returnPath.OfError(refusal, request?.AttemptId);
        if (!isAllowed || !await MayManageAsync(context).ConfigureAwait(false))
            return returnPath.OfError(ErrorCodes.Forbidden, request?.AttemptId);
        if (request is not { AttemptId: { } attempt })
            return returnPath.OfError(ErrorCodes.BadRequest);
        if (request.ToNumbers() is not { } numbers)
            return returnPath.OfChoice(attempt);
        var end = await attempts.ChooseAsync(signedIn, attempt, numbers, request.Disconnect).ConfigureAwait(false);
        return AttemptView.IsSaved(end.Code) ? returnPath.OfSuccess(null, end.Code, end.Attempt?.Id) : returnPath.OfError(end.Code, end.Attempt?.Id ?? attempt);
    }

    /// <summary>Something broke that no outcome covers.</summary>
    public Task BreakOff(HttpContext context)
    {
        Navigation.SeeOther(context, returnPath.OfError(ErrorCodes.Interrupted));
        return Task.CompletedTask;
    }

    /// <summary>A link's state is its browser's, whoever is signed in there.</summary>
    private async Task ReturnToLinkAsync(HttpContext context, ConnectState state)
    {
        var query = context.Request.Query;
        var code = CodeIn(query);
        var refusal = RefusalOf(code, query);
        if (refusal is not null)
            Explain(refusal, query["error"], CodeOf(query["error_code"]));
        await context.RequestServices.GetRequiredService<LinkEndpoints>().ReturnAsync(context, state, code, refusal).ConfigureAwait(false);
    }

    private async Task<string> FinishCoreAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (state, refusal) = await binding.CheckAsync(context, query["state"], byPost: false).ConfigureAwait(false);
        var code = CodeIn(query);
        refusal ??= RefusalOf(code, query) ?? (await MayManageAsync(context).ConfigureAwait(false) ? null : ErrorCodes.Forbidden);
        if (state is null || code is null || refusal is not null)
        {
            refusal ??= ErrorCodes.CallbackIncomplete;
            Explain(refusal, query["error"], CodeOf(query["error_code"]));
            if (state is not null)
                await starts.RefusedAsync(state, refusal, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
            return returnPath.OfError(refusal);
        }

        var end = await attempts.FinishAsync(state, code, ConnectHints.None).ConfigureAwait(false);
        return end.Code == AttemptView.Choose ? returnPath.OfChoice(end.Attempt?.Id)
            : AttemptView.IsSaved(end.Code) ? returnPath.OfSuccess(state, end.Code, end.Attempt?.Id)
            : returnPath.OfError(end.Code, end.Attempt?.Id);
    }

    /// <summary>
    /// What the host demands of all routes, here by hand: the framework passes it over, for a form of somebody signed out is answered by a page and not by a challenge.
    /// </summary>
    private static async Task<bool> IsAllowedByRouteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (context.GetEndpoint()?.Metadata is not { } route || services.GetService<IAuthorizationPolicyProvider>() is not { } policies || services.GetService<IPolicyEvaluator>() is not { } evaluator)
            return true;
        var policy = await AuthorizationPolicy.CombineAsync(
            policies, route.GetOrderedMetadata<IAuthorizeData>(), route.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
        if (policy is null)
            return true;
        var authenticated = await evaluator.AuthenticateAsync(policy, context).ConfigureAwait(false);
        return (await evaluator.AuthorizeAsync(policy, authenticated, context, context).ConfigureAwait(false)).Succeeded;
    }

    /// <summary>The host's policy, here by hand: as a convention of the route it would challenge a browser that carries a code.</summary>
    private async Task<bool> MayManageAsync(HttpContext context) =>
        options.Value.ManagePolicy is not { } policy
        || (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context, policy).ConfigureAwait(false)).Succeeded;

    /// <summary>
    /// Why there is nothing to finish. Meta says it by the word of OAuth in <c>error</c>, or with digits, or with a text alone where the app is not set up; digits that
    /// are known say more than a word. Meta's own words in the query are never shown.
    /// </summary>
    private static string? RefusalOf(string? code, IQueryCollection query)
    {
        var (error, number) = (query["error"], CodeOf(query["error_code"]));
        if (code is not null)
            return error.Count == 0 && number is null ? null : ErrorCodes.CallbackIncomplete;
        if (error.Count > 1 || !query.Keys.Any(key => key.StartsWith("error", StringComparison.OrdinalIgnoreCase)))
            return ErrorCodes.CallbackIncomplete;
        var word = error.ToString();
        if (word == AccessDenied || (query["error_reason"] == UserDenied && !Words.ContainsKey(word)))
            return ErrorCodes.Cancelled;
        return number is { } digits && MetaErrors.OfDialog(digits) is { } row ? row.Stable : Words.GetValueOrDefault(word, ErrorCodes.MetaRefused);
    }

    private static string? CodeIn(IQueryCollection query) => query["code"] is [{ Length: > 0 and <= OAuthRequest.MaxCodeLength } one] ? one : null;

    private static int? CodeOf(StringValues text) =>
        text is [{ Length: > 0 and <= 10 } digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>To the operator: the word and the digits where they are known to be no more than that, never Meta's text.</summary>
    private void Explain(string refusal, StringValues error, int? number)
    {
        var word = error is [{ } one] && (one == AccessDenied || Words.ContainsKey(one)) ? one : "-";
        var level = ErrorCatalogue.LevelOf(refusal);
        object code = number is { } given ? given : "-";
        LogRefused(level, refusal, word, code);
        if (refusal == ErrorCodes.Cancelled)
            LogNoConsent();
        else if (number is { } digits && MetaErrors.OfDialog(digits) is { } row)
            LogMeans(level, digits, row.Cause, row.Cure ?? "");
    }

    [LoggerMessage(EventId = 1300, Message = "A return from Meta was not used: {Reason} (error {Word}, error_code {Code})")]
    private partial void LogRefused(LogLevel level, string reason, string word, object code);

    [LoggerMessage(EventId = 1283, Message = "What Meta's login came back with (error_code {Code}) means: {Cause} {Cure}")]
    private partial void LogMeans(LogLevel level, int code, string cause, string cure);

    [LoggerMessage(1301, LogLevel.Information, "Meta came back without consent (access_denied). Most people pressed Cancel; but Meta answers the same when the app is in Development mode and the person has no role in it, or when the configuration asks for more than the app may grant: see the app mode and App Review > Permissions and Features in the App Dashboard")]
    private partial void LogNoConsent();
}
