namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>Tries again in the background, where no test moves the clock.</summary>
internal static class RetryTimer
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(WebhookSender sender, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
                await sender.RetryDueAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }
}
