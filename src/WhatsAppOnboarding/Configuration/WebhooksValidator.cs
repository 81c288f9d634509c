namespace WhatsAppOnboarding.Configuration;

/// <summary>Checks <see cref="WebhookOptions"/> at start.</summary>
internal static class WebhooksValidator
{
    public static IEnumerable<string> Errors(WebhookOptions options)
    {
        if (options.RoutingCacheLife < TimeSpan.Zero || options.RoutingCacheLife > TimeSpan.FromMinutes(1))
            yield return "WhatsAppOnboarding:Webhooks:RoutingCacheLife must be between zero and a minute.";
        if (options.MaxDeliveriesInFlight < 1)
            yield return "WhatsAppOnboarding:Webhooks:MaxDeliveriesInFlight must be above zero.";
        if (options.MaxBacklog < 100)
            yield return "WhatsAppOnboarding:Webhooks:MaxBacklog must be at least 100.";
        if (options.MaxBacklogAge < TimeSpan.FromSeconds(1))
            yield return "WhatsAppOnboarding:Webhooks:MaxBacklogAge must be at least a second.";
        if (options.DeliveryTimeout < TimeSpan.FromSeconds(1) || options.DeliveryTimeout > TimeSpan.FromMinutes(5))
            yield return "WhatsAppOnboarding:Webhooks:DeliveryTimeout must be between a second and five minutes.";
        if (options.ParkAfterFailures < 1 || options.ParkAfter <= TimeSpan.Zero)
            yield return "WhatsAppOnboarding:Webhooks:ParkAfterFailures and ParkAfter must be above zero.";
        if (options.LedgerLife < TimeSpan.FromDays(7))
            yield return "WhatsAppOnboarding:Webhooks:LedgerLife must be at least 7 days, for Meta may repeat a delivery for so long.";
        if (options.ParkedLife < TimeSpan.FromDays(1))
            yield return "WhatsAppOnboarding:Webhooks:ParkedLife must be at least a day, so that somebody can look at what is parked.";
    }
}
