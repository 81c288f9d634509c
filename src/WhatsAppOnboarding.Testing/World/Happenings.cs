namespace WhatsAppOnboarding.Testing;

/// <summary>What customers and Meta do to accounts: it becomes true in the world, then the webhook tells of it.</summary>
/// <remarks>To tell without making it true, send the same event of <see cref="MetaAccountUpdates"/> with <see cref="WebhookSender"/>.</remarks>
public sealed partial class Happenings
{
    private readonly MetaWorld _world;
    private readonly WebhookSender _webhooks;

    internal Happenings(MetaWorld world, WebhookSender webhooks)
    {
        _world = world;
        _webhooks = webhooks;
    }

    /// <summary>The WABA is no longer shared with the SaaS, as by <see cref="MetaWorld.RemoveAppFrom"/>: no token opens it any more. Then PARTNER_REMOVED.</summary>
    public Task<WebhookDelivery> RemovePartnerAsync(string wabaId, CancellationToken cancellationToken = default) =>
        EndAccessAsync(MetaAccountUpdates.PartnerRemoved(_world.RequireWaba(wabaId)), wabaId, cancellationToken);

    /// <summary>The customer takes the WABA from the SaaS: the subscription ends and no token shows it any more, but the tokens live on. Then PARTNER_REMOVED.</summary>
    public Task<WebhookDelivery> UnshareAsync(string wabaId, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        (waba.IsShared, waba.IsAppSubscribed) = (false, false);
        return _webhooks.SendAsync(MetaAccountUpdates.PartnerRemoved(waba), cancellationToken);
    }

    /// <summary>The customer shares the WABA with the SaaS again: the tokens of before show it as they did; the app is not subscribed yet. Then PARTNER_ADDED.</summary>
    public Task<WebhookDelivery> ShareAsync(string wabaId, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        waba.IsShared = true;
        return _webhooks.SendAsync(MetaAccountUpdates.PartnerAdded(waba), cancellationToken);
    }

    /// <summary>The business disconnects a coexistence number on its phone: no token opens the WABA any more. Then PARTNER_REMOVED with number and reason.</summary>
    /// <param name="phoneNumberId">The number.</param>
    /// <param name="reason">See <see cref="MetaAccountUpdates.PartnerRemoved(EmulatedNumber, string, string)"/>.</param>
    /// <param name="initiatedBy">USER or SYSTEM.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> DisconnectBusinessAppAsync(string phoneNumberId, string reason = "ACCOUNT_DISCONNECTED", string initiatedBy = "USER", CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        return EndAccessAsync(MetaAccountUpdates.PartnerRemoved(number, reason, initiatedBy), number.Waba.Id, cancellationToken);
    }

    /// <summary>The customer removes the app: no token opens the WABA any more. Then PARTNER_APP_UNINSTALLED.</summary>
    public Task<WebhookDelivery> UninstallAppAsync(string wabaId, CancellationToken cancellationToken = default) =>
        EndAccessAsync(MetaAccountUpdates.PartnerAppUninstalled(_world.RequireWaba(wabaId)), wabaId, cancellationToken);

    /// <summary>The WABA and its numbers are gone; tokens live on without it. Then ACCOUNT_DELETED.</summary>
    public Task<WebhookDelivery> DeleteAccountAsync(string wabaId, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        // The subscription ends with the WABA, the news of it still comes.
        var told = waba.IsAppSubscribed ? MetaAccountUpdates.AccountDeleted(waba) with { WabaId = null } : MetaAccountUpdates.AccountDeleted(waba);
        waba.Remove();
        return _webhooks.SendAsync(told, cancellationToken);
    }

    /// <summary>The Business app moves to another phone: sends fail, reads go on. Then ACCOUNT_OFFBOARDED, in lower case if wanted.</summary>
    public Task<WebhookDelivery> OffboardAsync(string wabaId, bool lowerCase = false, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        waba.IsOffboarded = true;
        return _webhooks.SendAsync(MetaAccountUpdates.Offboarded(waba, lowerCase), cancellationToken);
    }

    /// <summary>The Business app is back: sends work again. Then ACCOUNT_RECONNECTED, in lower case if wanted.</summary>
    public Task<WebhookDelivery> ReconnectAsync(string wabaId, bool lowerCase = false, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        waba.IsOffboarded = false;
        return _webhooks.SendAsync(MetaAccountUpdates.Reconnected(waba, lowerCase), cancellationToken);
    }

    /// <summary>Meta disables the WABA: sends fail, reads go on. Then DISABLED_UPDATE with DISABLE.</summary>
    public Task<WebhookDelivery> DisableAsync(string wabaId, CancellationToken cancellationToken = default) => SetDisabledAsync(wabaId, true, cancellationToken);

    /// <summary>Meta takes it back: sends work again. Then DISABLED_UPDATE with REINSTATE.</summary>
    public Task<WebhookDelivery> ReinstateAsync(string wabaId, CancellationToken cancellationToken = default) => SetDisabledAsync(wabaId, false, cancellationToken);

    /// <summary>Meta restricts the WABA until <see cref="EmulatedWaba.Restriction"/> is null again: see there for what is refused. Then ACCOUNT_RESTRICTION.</summary>
    /// <param name="wabaId">The WABA.</param>
    /// <param name="restrictionType">For example RESTRICTED_BIZ_INITIATED_MESSAGING.</param>
    /// <param name="expiration">When it ends, as it is told; nothing ends by itself.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> RestrictAsync(string wabaId, string restrictionType = BusinessInitiated, DateTimeOffset? expiration = null, CancellationToken cancellationToken = default)
    {
        var waba = _world.RequireWaba(wabaId);
        waba.Restriction = restrictionType;
        return _webhooks.SendAsync(MetaAccountUpdates.Restriction(waba, restrictionType, expiration), cancellationToken);
    }

    /// <summary>Somebody changes a number's PIN elsewhere: <c>register</c> wants the new one. Then <c>security</c> with PIN_CHANGED.</summary>
    public Task<WebhookDelivery> ChangePinAsync(string phoneNumberId, string pin, CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        number.TwoStepPin = pin;
        return _webhooks.SendAsync(MetaNumberEvents.Security(number), cancellationToken);
    }

    /// <summary>The customer opens the chat: what the business sent is read, but for what never arrived. Then the status <c>read</c> for each message, in one webhook.</summary>
    /// <param name="phoneNumberId">The number that the messages came from.</param>
    /// <param name="customer">Who reads.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    /// <returns>Null when there was nothing to read.</returns>
    public async Task<WebhookDelivery?> ReadMessagesAsync(string phoneNumberId, EmulatedCustomer customer, CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        WebhookChange[] read = [.. _world.Talks.Read(number, customer, _world.Now).Select(message => MetaStatuses.Read(number, message.Id, customer))];
        return read.Length == 0 ? null : await _webhooks.SendAsync(read, cancellationToken).ConfigureAwait(false);
    }

    private Task<WebhookDelivery> EndAccessAsync(WebhookChange told, string wabaId, CancellationToken cancellationToken)
    {
        _world.RemoveAppFrom(wabaId);
        return _webhooks.SendAsync(told, cancellationToken);
    }

    private Task<WebhookDelivery> SetDisabledAsync(string wabaId, bool disabled, CancellationToken cancellationToken)
    {
        var waba = _world.RequireWaba(wabaId);
        waba.IsDisabled = disabled;
        return _webhooks.SendAsync(MetaAccountUpdates.Disabled(waba, disabled ? "DISABLE" : "REINSTATE"), cancellationToken);
    }
}
