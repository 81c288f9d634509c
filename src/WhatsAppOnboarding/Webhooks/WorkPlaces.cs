using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// How much is worked on at once: so many deliveries, and of them half at most for one account, so that one whose handlers are slow takes no more. Of deliveries that were taken
/// before, those whose handler takes longer than a moment give their place to others, and an account has few of these at a time.
/// </summary>
internal sealed class WorkPlaces(IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    /// <summary>How many handlers of one account may take long at once.</summary>
    private const int MostSlow = 4;

    private readonly Dictionary<AccountId, Places> _accounts = [];
    private int _working;

    public int Most => options.CurrentValue.Webhooks.MaxDeliveriesInFlight;

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
        lock (_accounts)
        {
            var places = _accounts.GetValueOrDefault(account);
            if (places.Handling >= limit || places.Slow >= MostSlow)
                return false;
            _accounts[account] = places with { Handling = places.Handling + 1 };
            return true;
        }
    }

    /// <summary>The item takes longer than a moment.</summary>
    public void Slow(AccountId account)
    {
        lock (_accounts)
            _accounts[account] = _accounts[account] with { Slow = _accounts[account].Slow + 1 };
    }

    public void Leave(AccountId account, bool wasSlow = false)
    {
        lock (_accounts)
        {
            var places = _accounts[account];
            if (places.Handling == 1)
                _accounts.Remove(account);
            else
                _accounts[account] = new Places(places.Handling - 1, places.Slow - (wasSlow ? 1 : 0));
        }
    }

    private readonly record struct Places(int Handling, int Slow);
}
