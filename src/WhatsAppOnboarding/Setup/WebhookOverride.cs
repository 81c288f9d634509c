using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Has the messages of some WABAs sent to an address of their own: an addition to the two calls that nobody else knows of. Each subscribe takes the address
/// from the WABA, so it is set each time; done is what Meta shows afterwards, not what it was told. The subscription stands without it, and where messages go
/// is the host's affair and not its accounts', so a failure goes to the operator's log.
/// </summary>
internal sealed partial class WebhookOverride(
    WabaSubscriber inner, IGraphClient graph, OverrideAddresses addresses, IOptionsMonitor<WhatsAppOnboardingOptions> options, ILogger<WebhookOverride> logger)
    : IWabaSubscriber
{
    public async Task<StepResult<GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        var subscribed = await inner.SubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        if (subscribed.Succeeded)
            await SetAsync(waba, token, deadline).ConfigureAwait(false);
        else if (!subscribed.IsRefused && AddressOf(waba) is not null)
            LogNotSet(waba.ToString(), subscribed.Code); // Meta may have done it all the same, and the address is gone then.
        return subscribed;
    }

    /// <summary>An address that cannot be set back does not keep the app from leaving; an app that may not leave keeps its address.</summary>
    public async Task<StepResult<GraphDone>> UnsubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        // To Meta that is a plain subscribe. The address may be none by now and have been one before.
        var cleared = await inner.SubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        if (!cleared.Succeeded)
            LogNotCleared(waba.ToString(), cleared.Code);

        var left = await inner.UnsubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        if (left.IsRefused && !cleared.IsRefused)
            await SetAsync(waba, token, deadline).ConfigureAwait(false);
        return left;
    }

    public bool IsAsWanted(WabaId waba, SubscribedApp shown) => AddressOf(waba) is not { } address || IsAt(shown, address);

    public Task MendAsync(WabaId waba, AccessToken token, CancellationToken deadline) => SetAsync(waba, token, deadline);

    private async Task SetAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        if (AddressOf(waba) is not { } address)
            return;
        var set = await graph.RunAsync(SubscriptionCalls.Override(token, waba, address, options.CurrentValue.WebhookVerifyToken ?? ""), deadline).ConfigureAwait(false);
        var failure = set.Succeeded ? await FindDifferenceAsync(waba, address, token, deadline).ConfigureAwait(false) : set.Code;
        if (failure is null)
            LogSet(waba.ToString());
        else
            LogNotSet(waba.ToString(), failure);
    }

    /// <summary>The WABA's own address, if it has one. It never throws for the host's function, because the subscription stands before it.</summary>
    private Uri? AddressOf(WabaId waba)
    {
        try
        {
            return addresses.Of(waba);
        }
        catch (Exception exception)
        {
            LogNoAddress(exception, waba.ToString());
            return null;
        }
    }

    /// <summary>Null when Meta shows the address.</summary>
    private async Task<string?> FindDifferenceAsync(WabaId waba, Uri address, AccessToken token, CancellationToken deadline)
    {
        var listed = await graph.RunAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded)
            return listed.Code;
        var app = options.CurrentValue.AppId;
        return listed.Value.Any(subscribed => subscribed.AppId == app && IsAt(subscribed, address))
            ? null
            : "Meta shows another address";
    }

    private static bool IsAt(SubscribedApp shown, Uri address) => Uri.TryCreate(shown.OverrideAddress, UriKind.Absolute, out var effective) && effective == address;

    [LoggerMessage(1215, LogLevel.Information, "The messages of WABA {Waba} go to its own address")]
    private partial void LogSet(string waba);

    [LoggerMessage(1216, LogLevel.Error, "The function given to UseWebhookOverride has no usable address for WABA {Waba}; its messages go to the app's address until it has one, and upkeep, every other day, or a connect has set it")]
    private partial void LogNoAddress(Exception exception, string waba);

    [LoggerMessage(1218, LogLevel.Error, "It is not certain that the messages of WABA {Waba} go to the address that UseWebhookOverride gives ({Failure}); they may go to another until upkeep, every other day, or a connect has set it again")]
    private partial void LogNotSet(string waba, string failure);

    [LoggerMessage(1217, LogLevel.Warning, "The webhook address of WABA {Waba} could not be set back to the app's: {Code}")]
    private partial void LogNotCleared(string waba, string code);
}

/// <summary>Which address of its own a WABA has, by the host's code alone. Also checks at start what such addresses need.</summary>
internal sealed class OverrideAddresses(Func<WabaId, Uri?> address) : IValidateOptions<WhatsAppOnboardingOptions>
{
    /// <summary>The WABA's address; null for the app's.</summary>
    /// <exception cref="InvalidOperationException">It is not one that Meta could call.</exception>
    public Uri? Of(WabaId waba) => address(waba) is not { } own ? null : IsFit(own) ? own : throw new InvalidOperationException(
        $"The address that UseWebhookOverride gives for WABA {waba} must be absolute, https unless it is this machine, and have at most {SubscriptionCalls.MaxAddressLength} characters.");

    public ValidateOptionsResult Validate(string? name, WhatsAppOnboardingOptions options) => string.IsNullOrEmpty(options.WebhookVerifyToken)
        ? ValidateOptionsResult.Fail("WhatsAppOnboarding:WebhookVerifyToken is missing, and UseWebhookOverride needs it: Meta repeats it to each address. Make a random one of at least 32 characters.")
        : ValidateOptionsResult.Success;

    private static bool IsFit(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) && address.AbsoluteUri.Length <= SubscriptionCalls.MaxAddressLength;
}
