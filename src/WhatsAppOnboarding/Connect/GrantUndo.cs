using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>After a failure: subscriptions that this attempt made for nobody are taken back, unless some account holds the WABA.</summary>
internal sealed partial class GrantUndo(WabaSubscription subscription, TimeProvider time, ILogger<GrantUndo> logger)
{
    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(15);

    public async Task<ConnectResult> RunAsync(ConnectRun run, AccessToken token, IReadOnlyCollection<ListedWaba> wabas, string failure)
    {
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        await Parallel.ForEachAsync(
            wabas.Where(waba => waba.Subscription is { Succeeded: true }),
            new ParallelOptions { MaxDegreeOfParallelism = GrantListing.WabasAtOnce },
            async (waba, _) => await run.Journal.RunAsync(
                StepNames.Unsubscribe, waba.Id, limited => ReleaseAsync(waba.Id, token, limited), deadline.Token).ConfigureAwait(false)).ConfigureAwait(false);
        return new ConnectResult(failure);
    }

    private async Task<StepResult<GraphDone>> ReleaseAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        try
        {
            return await subscription.ReleaseAsync(waba, [token], deadline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Who holds the WABA is not known, so it stays subscribed: events for nobody are dropped, a lost subscription is lost messages.
            Log.Left(logger, exception, waba.ToString());
            return new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1321, LogLevel.Warning, "The app stays subscribed to WABA {Waba}, for it could not be looked up who else needs it")]
        public static partial void Left(ILogger logger, Exception exception, string waba);
    }
}
