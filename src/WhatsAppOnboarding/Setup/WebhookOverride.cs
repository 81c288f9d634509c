using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Has the messages of a WABA sent to an address of its own, if the host gave one. Only for a WABA that the app is subscribed to. Done is what Meta shows
/// afterwards, not what it was told.
/// </summary>
internal sealed partial class WebhookOverride(
    StepCalls calls, OverrideAddresses addresses, IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<WebhookOverride> logger)
{
    /// <summary>Null when the WABA has no address of its own. It never throws for the host's function, for the subscription before it stands.</summary>
    public async Task<StepResult<GraphDone>?> SetAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        Uri? address;
        try
        {
            address = addresses.Of(waba);
        }
        catch (Exception exception)
        {
            Log.NoAddress(logger, exception, waba.ToString());
            return new StepResult<GraphDone>(ErrorCodes.AppMisconfigured);
        }

        if (address is null)
            return null;
        var set = await calls.SendAsync(SubscriptionCalls.Override(token, waba, address, options.CurrentValue.WebhookVerifyToken ?? ""), deadline).ConfigureAwait(false);
        var result = set.Succeeded ? await ConfirmAsync(waba, address, token, deadline).ConfigureAwait(false) : set;
        Log.Set(logger, waba.ToString(), result.Code ?? "ok");
        return result;
    }

    /// <summary>Removes an override that there may be: to Meta that is a plain subscribe. Null when the host never had addresses of their own.</summary>
    public async Task<StepResult<GraphDone>?> ClearAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        if (!addresses.AreConfigured)
            return null;
        var cleared = await calls.SendAsync(SubscriptionCalls.Subscribe(token, waba), deadline).ConfigureAwait(false);
        if (!cleared.Succeeded)
            Log.NotCleared(logger, waba.ToString(), cleared.Code);
        return cleared;
    }

    private async Task<StepResult<GraphDone>> ConfirmAsync(WabaId waba, Uri address, AccessToken token, CancellationToken deadline)
    {
        var listed = await calls.ReadAllAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded)
            return new StepResult<GraphDone>(listed.Code, listed.Error);
        var app = options.CurrentValue.AppId;
        return listed.Value.Any(subscribed => subscribed.AppId == app && Uri.TryCreate(subscribed.OverrideAddress, UriKind.Absolute, out var effective) && effective == address)
            ? new StepResult<GraphDone>(new GraphDone())
            : new StepResult<GraphDone>(ErrorCodes.OverrideDiffers);
    }

    private static partial class Log
    {
        [LoggerMessage(1215, LogLevel.Information, "The webhook address of WABA {Waba} was set to its own: {Result}")]
        public static partial void Set(ILogger logger, string waba, string result);

        [LoggerMessage(1216, LogLevel.Error, "The function given to UseWebhookOverride has no usable address for WABA {Waba}; its messages go to the app's address until the step is repeated")]
        public static partial void NoAddress(ILogger logger, Exception exception, string waba);

        [LoggerMessage(1217, LogLevel.Warning, "The webhook address of WABA {Waba} could not be set back to the app's: {Code}")]
        public static partial void NotCleared(ILogger logger, string waba, string code);
    }
}
