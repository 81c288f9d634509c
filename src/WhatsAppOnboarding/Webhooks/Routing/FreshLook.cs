namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Whether accounts still receive the items of a delivery that is being worked, looked up anew when the last look is a moment old: once a disconnect or an erase was answered,
/// no node begins or saves anything of that account.
/// </summary>
internal sealed class FreshLook(WebhookRouter router, IReadOnlyList<WebhookItem> items, RoutedDelivery routing, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private Task _looking = Task.CompletedTask;
    private HashSet<(AccountId, WebhookItem)> _receivers = [.. routing.Items.Select(item => (item.AccountId, item.Item))];
    private long _lookedAt = Environment.TickCount64;

    public async ValueTask<bool> ReceivesAsync(RoutedItem item)
    {
        // One that is under way may have begun before that.
        var from = Environment.TickCount64 - Moment.TotalMilliseconds;
        while (_lookedAt <= from)
            await LookAsync().ConfigureAwait(false);
        return _receivers.Contains((item.AccountId, item.Item));
    }

    private Task LookAsync()
    {
        lock (_gate)
            return _looking.IsCompleted ? _looking = ReadAsync() : _looking;
    }

    private async Task ReadAsync()
    {
        var began = Environment.TickCount64;
        _receivers = await router.ReceiversAsync(items, cancellationToken).ConfigureAwait(false);
        _lookedAt = began;
    }
}
