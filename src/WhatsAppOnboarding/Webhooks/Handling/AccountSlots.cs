using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>How many items are being handled for each account: one whose handlers are slow may take half of the places and no more.</summary>
internal sealed class AccountSlots(IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    private readonly Dictionary<AccountId, int> _handling = [];

    public bool TryEnter(AccountId account)
    {
        var limit = Math.Max(1, options.CurrentValue.Webhooks.MaxDeliveriesInFlight / 2);
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
