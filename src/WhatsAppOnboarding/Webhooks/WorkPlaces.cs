using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// How much is worked on at once: so many deliveries, the others are turned away at once; and of them half at most for one account, so that one whose
/// handlers are slow takes no more.
/// </summary>
internal sealed class WorkPlaces(IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    private readonly Dictionary<AccountId, int> _handling = [];
    private int _working;

    private int Most => options.CurrentValue.Webhooks.MaxDeliveriesInFlight;

    public bool TryBegin()
    {
        if (Interlocked.Increment(ref _working) <= Most)
            return true;
        End();
        return false;
    }

    public void End() => Interlocked.Decrement(ref _working);

    /// <summary>Takes a place for an item of the account; <see cref="Leave"/> it.</summary>
    public bool TryEnter(AccountId account)
    {
        var limit = Math.Max(1, Most / 2);
        lock (_handling)
        {
            var count = _handling.GetValueOrDefault(account);
            if (count >= limit)
                return false;
            _handling[account] = count + 1;
            return true;
        }
    }

    public void Leave(AccountId account)
    {
        lock (_handling)
        {
            if (_handling[account] == 1)
                _handling.Remove(account);
            else
                _handling[account]--;
        }
    }
}
