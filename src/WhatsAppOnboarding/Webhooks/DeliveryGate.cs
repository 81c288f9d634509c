using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Lets only so many deliveries in at once, and turns the others away at once: those still being read, and those being worked on.</summary>
internal sealed class DeliveryGate(IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    /// <summary>Bodies of unknown senders fill slots of their own, so that they keep out none that is signed and being worked on.</summary>
    private const int ReadingPerWorking = 4;

    private int _reading;
    private int _working;

    public bool TryBeginReading() => TryEnter(ref _reading, ReadingPerWorking * options.CurrentValue.Webhooks.MaxDeliveriesInFlight);

    public void EndReading() => Interlocked.Decrement(ref _reading);

    public bool TryBeginWork() => TryEnter(ref _working, options.CurrentValue.Webhooks.MaxDeliveriesInFlight);

    public void EndWork() => Interlocked.Decrement(ref _working);

    private static bool TryEnter(ref int inside, int limit)
    {
        if (Interlocked.Increment(ref inside) <= limit)
            return true;
        Interlocked.Decrement(ref inside);
        return false;
    }
}
