namespace WhatsAppOnboarding.Testing;

/// <summary>What happens to single numbers.</summary>
public sealed partial class Happenings
{
    private const string BusinessInitiated = "RESTRICTED_BIZ_INITIATED_MESSAGING";

    /// <summary>The number is taken out of its WABA: every call of it is 100/33, and no listing shows it. Then PHONE_NUMBER_REMOVED, which Meta does not document but was seen.</summary>
    public Task<WebhookDelivery> RemoveNumberAsync(string phoneNumberId, CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        number.Remove();
        return _webhooks.SendAsync(MetaAccountUpdates.NumberRemoved(number), cancellationToken);
    }

    /// <summary>Meta bans the number: BANNED, sends fail with 131031, reads go on. Then ACCOUNT_VIOLATION with the number. <see cref="EmulatedNumber.Recover"/> ends it without a word.</summary>
    public Task<WebhookDelivery> BanNumberAsync(string phoneNumberId, CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        number.Status = "BANNED";
        return _webhooks.SendAsync(MetaAccountUpdates.Violation(number), cancellationToken);
    }

    /// <summary>Meta restricts the number: RESTRICTED, sends fail with 368, reads go on. Then ACCOUNT_RESTRICTION with the number. <see cref="EmulatedNumber.Recover"/> ends it without a word.</summary>
    /// <param name="phoneNumberId">The number.</param>
    /// <param name="restrictionType">For example RESTRICTED_BIZ_INITIATED_MESSAGING.</param>
    /// <param name="expiration">When it ends, as it is told; nothing ends by itself.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> RestrictNumberAsync(string phoneNumberId, string restrictionType = BusinessInitiated, DateTimeOffset? expiration = null, CancellationToken cancellationToken = default)
    {
        var number = _world.RequireNumber(phoneNumberId);
        number.Status = "RESTRICTED";
        return _webhooks.SendAsync(MetaAccountUpdates.Restriction(number, restrictionType, expiration), cancellationToken);
    }

    /// <summary>Meta flags the number: FLAGGED, quality RED, <c>health_status</c> LIMITED; it can still send. Then <c>phone_number_quality_update</c> with FLAGGED.</summary>
    public Task<WebhookDelivery> FlagNumberAsync(string phoneNumberId, CancellationToken cancellationToken = default) =>
        SetFlaggedAsync(phoneNumberId, "FLAGGED", "RED", "FLAGGED", cancellationToken);

    /// <summary>Meta no longer flags the number: CONNECTED, quality GREEN. Then <c>phone_number_quality_update</c> with UNFLAGGED.</summary>
    public Task<WebhookDelivery> UnflagNumberAsync(string phoneNumberId, CancellationToken cancellationToken = default) =>
        SetFlaggedAsync(phoneNumberId, "CONNECTED", "GREEN", "UNFLAGGED", cancellationToken);

    /// <summary>
    /// Meta refuses the name: DECLINED, so the number is not registered any more (100/2388001); or, where another name was asked for, that one, and all else stays. Then
    /// <c>phone_number_name_update</c> with REJECTED.
    /// </summary>
    /// <param name="phoneNumberId">The number.</param>
    /// <param name="reason">Meta's <c>rejection_reason</c>.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> RefuseNameAsync(string phoneNumberId, string reason = "NAME_FORMAT_UNACCEPTABLE", CancellationToken cancellationToken = default) =>
        DecideNameAsync(phoneNumberId, "DECLINED", "REJECTED", reason, cancellationToken);

    /// <summary>Meta approves the name, or the other one that was asked for: APPROVED. Then <c>phone_number_name_update</c> with APPROVED.</summary>
    public Task<WebhookDelivery> ApproveNameAsync(string phoneNumberId, CancellationToken cancellationToken = default) =>
        DecideNameAsync(phoneNumberId, "APPROVED", "APPROVED", null, cancellationToken);

    /// <summary>
    /// Another responder takes the number's conversations: what customers write comes as <c>standby</c> from now on. Then <c>messaging_handovers</c> with
    /// control_taken, for each customer who wrote within 24 hours; when none did, one that names no customer.
    /// </summary>
    /// <remarks>To lose the role without a word, as a change in Meta Business Suite does, set <see cref="EmulatedNumber.IsRoutedElsewhere"/>.</remarks>
    public Task<WebhookDelivery> LoseRoutingAsync(string phoneNumberId, CancellationToken cancellationToken = default) =>
        RouteAsync(phoneNumberId, elsewhere: true, MetaRouting.ControlTaken, cancellationToken);

    /// <summary>The conversations are the app's again. Then <c>messaging_handovers</c> with control_passed, for the same customers as with <see cref="LoseRoutingAsync"/>.</summary>
    public Task<WebhookDelivery> RegainRoutingAsync(string phoneNumberId, CancellationToken cancellationToken = default) =>
        RouteAsync(phoneNumberId, elsewhere: false, MetaRouting.ControlPassed, cancellationToken);

    private Task<WebhookDelivery> SetFlaggedAsync(string phoneNumberId, string status, string quality, string eventName, CancellationToken cancellationToken)
    {
        var number = _world.RequireNumber(phoneNumberId);
        (number.Status, number.QualityRating) = (status, quality);
        return _webhooks.SendAsync(MetaNumberEvents.Quality(number, eventName, number.Waba.Owner.MessagingLimit), cancellationToken);
    }

    private Task<WebhookDelivery> DecideNameAsync(string phoneNumberId, string status, string decision, string? reason, CancellationToken cancellationToken)
    {
        var number = _world.RequireNumber(phoneNumberId);
        if (number.NewDisplayName is null)
            number.NameStatus = status;
        else
            number.NewNameStatus = status;
        return _webhooks.SendAsync(MetaNumberEvents.NameDecision(number, decision, number.NewDisplayName ?? number.VerifiedName, reason), cancellationToken);
    }

    private Task<WebhookDelivery> RouteAsync(string phoneNumberId, bool elsewhere, Func<EmulatedNumber, EmulatedCustomer?, WebhookChange> tell, CancellationToken cancellationToken)
    {
        var number = _world.RequireNumber(phoneNumberId);
        number.IsRoutedElsewhere = elsewhere;
        return _webhooks.SendAsync([.. _world.Talks.OpenWith(number, _world.Now).DefaultIfEmpty().Select(customer => tell(number, customer))], cancellationToken);
    }
}
