using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Connect;

/// <summary>After a failure: subscriptions that this attempt made for nobody are taken back, unless some account holds the WABA.</summary>
internal sealed partial class GrantUndo(WabaSubscription subscription, ILogger<GrantUndo> logger)
{
    public async Task<ConnectResult> RunAsync(ConnectRun run, ListedGrant listed, string failure)
    {
        await Task.WhenAll(listed.Wabas
            .Where(waba => waba.Subscription.Succeeded)
            .Select(waba => run.Journal.RunAsync(StepNames.Unsubscribe, waba.Id, _ => ReleaseAsync(waba.Id, listed.Grant.Token), CancellationToken.None)))
            .ConfigureAwait(false);
        return new ConnectResult(failure);
    }

    private async Task<StepResult<Graph.GraphDone>> ReleaseAsync(WabaId waba, AccessToken token)
    {
        try
        {
            return await subscription.ReleaseAsync(waba, token, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Who holds the WABA is not known, so it stays subscribed: events for nobody are dropped, a lost subscription is lost messages.
            Log.Left(logger, exception, waba.ToString());
            return new StepResult<Graph.GraphDone>(Errors.ErrorCodes.ServiceUnavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1321, LogLevel.Warning, "The app stays subscribed to WABA {Waba}, for it could not be looked up who else needs it")]
        public static partial void Left(ILogger logger, Exception exception, string waba);
    }
}
