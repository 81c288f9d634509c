using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>Subscribes within an attempt; an address of its own is a step of its own in the journal.</summary>
internal static class JournaledSubscription
{
    public static async Task<StepResult<SubscribedWaba>> SubscribeAsync(this WabaSubscription subscription, ConnectRun run, WabaId waba, AccessToken token)
    {
        var subscribed = await run.Journal.RunAsync(
            StepNames.Subscribe, waba, deadline => subscription.SubscribeAsync(waba, token, deadline), run.Deadline).ConfigureAwait(false);
        if (subscribed.Value?.Override is { } set)
            await run.Journal.RunAsync(StepNames.Override, waba, _ => Task.FromResult(set), CancellationToken.None).ConfigureAwait(false);
        return subscribed;
    }
}
