using System.Globalization;
using System.Runtime.CompilerServices;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>What Meta says of the app: one call in the app's own name, and a second one with the previous secret where Meta does not take the current one.</summary>
internal static class MetaFindings
{
    private const int NoSuchApp = 101;
    private const int VersionEnded = 2635;

    /// <summary>Less than the whole examination, so that a Meta that hangs is one finding.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    public static async IAsyncEnumerable<Finding> FindAsync(Examined host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var limited = either.Token;
        var setup = host.Get<AppWebhookSetup>();
        var listed = await TryAsync(() => setup.ListAsync(limited), cancellationToken).ConfigureAwait(false);
        if (listed?.Succeeded is true)
        {
            var effective = AppWebhookSetup.WhatsAppOf(listed.Value);
            foreach (var finding in Webhooks(host, setup.DifferencesOf(listed.Value), effective).Concat(FieldVersions(host, effective)))
                yield return finding;
        }
        else
        {
            foreach (var finding in Webhooks(host, setup.DifferencesOf(null), null))
                yield return finding;
            yield return listed?.Error is { } error ? await WhyAsync(host, error, limited, cancellationToken).ConfigureAwait(false) : host.Found("meta_unreachable", reason: ErrorCodes.MetaTimeout);
        }

        var answered = listed?.Succeeded is true || listed?.Error?.HttpStatus is not null;
        if (answered && host.Get<GraphClient>().Usage.ClockOffset is { } offset && offset.Duration() > ClockTolerance)
            yield return host.Found("clock_off", offset.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture));
    }

    private static async Task<Finding> WhyAsync(Examined host, GraphError error, CancellationToken limited, CancellationToken cancellationToken)
    {
        var appId = host.Options.AppId;
        if (error.Kind.MayPass() || error.Kind is GraphErrorKind.UnreadableAnswer)
            return host.Found("meta_unreachable", reason: error.StableCode);
        if (error.Code is NoSuchApp)
            return host.Found("app_unknown", appId);
        if (error.Code is VersionEnded)
            return host.Found("graph_version_ended", MetaDates.EndOf(host.Options.GraphApiVersion)?.ToString() ?? host.Options.GraphApiVersion);
        if (error.StableCode is not ErrorCodes.AppMisconfigured)
            return host.Found("meta_refused", error.Code?.ToString(CultureInfo.InvariantCulture), error.StableCode);
        if (host.Options.PreviousAppSecret is not { Length: > 0 } previous)
            return host.Found("app_secret_wrong", appId);
        var again = await TryAsync(
            () => host.Get<IGraphClient>().SendAsync(SubscriptionCalls.ListAppSubscriptions(appId, @as: GraphCredential.AppWith(previous)), limited), cancellationToken).ConfigureAwait(false);
        return host.Found(again?.Succeeded is true ? "app_secret_previous" : "app_secret_wrong", appId);
    }

    private static IEnumerable<Finding> Webhooks(Examined host, IEnumerable<WebhookDifference> differences, AppSubscription? effective)
    {
        foreach (var of in differences.GroupBy(difference => difference.Code))
        {
            yield return of.Key switch
            {
                WebhookDifference.VerifyTokenMissing => host.Found("webhooks_token_missing"),
                WebhookDifference.AddressUnreachable => host.Found("webhooks_unreachable", host.Get<AppWebhookSetup>().Address.AbsoluteUri),
                WebhookDifference.NotSubscribed => host.Found("webhooks_not_set", host.Get<AppWebhookSetup>().Address.AbsoluteUri),
                WebhookDifference.AddressDiffers => host.Found("webhooks_elsewhere", effective?.Address),
                WebhookDifference.NotActive => host.Found("webhooks_not_sent"),
                _ => host.Found("webhooks_fields_missing", string.Join(", ", of.Select(difference => difference.Field))),
            };
        }
    }

    private static IEnumerable<Finding> FieldVersions(Examined host, AppSubscription? subscription) => (subscription?.Versions ?? [])
        .Distinct().Select(MetaDates.EndOf).OfType<MetaDate>().Where(end => end.IsNear(host.Now)).OrderBy(end => end.Day).Select(end => host.Found("webhooks_version_old", end.ToString()));

    /// <summary>Null when Meta was not patiently waited for any longer.</summary>
    private static async Task<GraphResult<T>?> TryAsync<T>(Func<Task<GraphResult<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
