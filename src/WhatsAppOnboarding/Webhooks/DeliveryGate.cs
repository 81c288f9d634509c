using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Lets only so many deliveries be worked on at once, and turns the others away at once.</summary>
internal sealed class DeliveryGate(IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    private int _working;

    public bool TryBeginWork()
    {
        if (Interlocked.Increment(ref _working) <= options.CurrentValue.Webhooks.MaxDeliveriesInFlight)
            return true;
        EndWork();
        return false;
    }

    public void EndWork() => Interlocked.Decrement(ref _working);
}
