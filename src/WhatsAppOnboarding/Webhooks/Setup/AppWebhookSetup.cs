using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Reads how the app's webhooks are set up, and sets them up.</summary>
internal sealed partial class AppWebhookSetup(
    IGraphClient graph,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    IOptions<WhatsAppOnboardingOptions> atStart,
    PublicAddress host,
    ILogger<AppWebhookSetup> logger)
{
    private readonly NeededWebhooks _needed = new(options, atStart, host);

    /// <summary>Where Meta is to send the webhooks.</summary>
    public Uri Address => _needed.Address;

    public async Task<WebhookSetupReport> ReadAsync(CancellationToken cancellationToken)
    {
        var listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        return Report(listed, [.. _needed.Obstacles()]);
    }

    public async Task<WebhookSetupReport> ApplyAsync(CancellationToken cancellationToken)
    {
        var listed = await ListAsync(cancellationToken).ConfigureAwait(false);
        WebhookDifference[] obstacles = [.. _needed.Obstacles()];

        // What is not known could be lost: Meta replaces the fields by those that are sent.
        if (!listed.Succeeded || obstacles.Length > 0)
            return Report(listed, obstacles);

        var fields = WhatsAppOf(listed.Value)?.Fields.Union(NeededWebhooks.Fields) ?? NeededWebhooks.Fields;
        var current = options.CurrentValue;
        var applied = await graph.SendAsync(
            SubscriptionCalls.SubscribeAppFields(current.AppId, _needed.Address, current.WebhookVerifyToken!, [.. fields]), cancellationToken).ConfigureAwait(false);
        LogApplied(applied.Error is { } error ? MetaErrors.StableOf(error) : "ok");
        return Report(
            await ListAsync(cancellationToken).ConfigureAwait(false),
            applied.Error is { } refusal ? [Failure(WebhookDifference.NotApplied, "Meta did not take the address and fields.", refusal)] : []);
    }

    /// <summary>What is set up for WhatsApp; null for nothing.</summary>
    public static AppSubscription? WhatsAppOf(IReadOnlyList<AppSubscription> listed) => listed.FirstOrDefault(subscription => subscription.Kind == AppSubscription.WhatsApp);

    private static WebhookDifference Failure(string code, string what, GraphError error)
    {
        var row = MetaErrors.RowOf(error);
        var reason = ErrorCatalogue.Find(MetaErrors.StableOf(error), CultureInfo.InvariantCulture);
        return new WebhookDifference
        {
            Code = code,
            Message = $"{what} {row?.Cause ?? reason.Message}",
            Action = row?.Cure ?? (reason.Retry is RetryAdvice.Later ? "Wait a few minutes, then try again." : "Try again; if it stays so, quote Meta's trace id to Meta's support."),
            Reason = reason.Code,
            MetaCode = error.Code,
            MetaTraceId = error.TraceId,
        };
    }

    /// <summary>Where the app's webhooks go, as Meta shows it.</summary>
    public Task<GraphResult<IReadOnlyList<AppSubscription>>> ListAsync(CancellationToken cancellationToken) =>
        graph.ReadAllAsync(after => SubscriptionCalls.ListAppSubscriptions(options.CurrentValue.AppId, after), cancellationToken);

    /// <summary>What keeps Meta from taking the address, and what of it differs from what is needed.</summary>
    public IEnumerable<WebhookDifference> DifferencesOf(IReadOnlyList<AppSubscription>? listed) =>
        listed is null ? _needed.Obstacles() : _needed.Obstacles().Concat(_needed.DifferencesOf(WhatsAppOf(listed)));

    private WebhookSetupReport Report(GraphResult<IReadOnlyList<AppSubscription>> listed, IReadOnlyList<WebhookDifference> others)
    {
        var report = new WebhookSetupReport { NeededAddress = _needed.Address.AbsoluteUri, Differences = others };
        if (!listed.Succeeded)
        {
            return report with
            {
                Differences = [.. others, Failure(WebhookDifference.NotRead, "It could not be read how the webhooks are set up.", listed.Error)],
            };
        }

        var effective = WhatsAppOf(listed.Value);
        return report with
        {
            Address = effective?.Address,
            IsActive = effective?.IsActive,
            Fields = effective?.Fields ?? [],
            Differences = [.. others, .. _needed.DifferencesOf(effective)],
        };
    }

    [LoggerMessage(1630, LogLevel.Information, "The address and fields of the app's webhooks were set: {Result}")]
    private partial void LogApplied(string result);
}
