namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>Deliveries and their retries.</summary>
internal sealed class WebhookQueue(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<WebhookDelivery> _deliveries = [];

    public IReadOnlyList<WebhookDelivery> All
    {
        get
        {
            lock (_gate)
                return [.. _deliveries];
        }
    }

    public void Add(WebhookDelivery delivery)
    {
        lock (_gate)
            _deliveries.Add(delivery);
    }

    /// <summary>The deliveries that are due, each handed to one caller only.</summary>
    public IReadOnlyList<WebhookDelivery> TakeDue()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return [.. _deliveries.Where(delivery => delivery.NextAttemptAt <= now && TryTakeLocked(delivery))];
        }
    }

    public bool TryTake(WebhookDelivery delivery)
    {
        lock (_gate)
            return TryTakeLocked(delivery);
    }

    public void Record(WebhookDelivery delivery, int? status)
    {
        lock (_gate)
        {
            delivery.InFlight = false;
            delivery.Attempts++;
            delivery.LastStatusCode = status;
            delivery.NextAttemptAt = status == 200 ? null : RetrySchedule.Next(delivery.CreatedAt, delivery.Attempts, clock.GetUtcNow());
            delivery.Status = status == 200 ? DeliveryStatus.Delivered
                : delivery.NextAttemptAt is null ? DeliveryStatus.Dropped
                : DeliveryStatus.Pending;
        }
    }

    private static bool TryTakeLocked(WebhookDelivery delivery) => !delivery.InFlight && (delivery.InFlight = true);
}
