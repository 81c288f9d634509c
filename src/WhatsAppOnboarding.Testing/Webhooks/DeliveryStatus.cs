namespace WhatsAppOnboarding.Testing;

/// <summary>What became of a delivery.</summary>
public enum DeliveryStatus
{
    /// <summary>Not delivered yet; it will be tried again.</summary>
    Pending,

    /// <summary>The callback answered 200.</summary>
    Delivered,

    /// <summary>Given up after 36 hours.</summary>
    Dropped,

    /// <summary>Never sent: the app is not subscribed to the WABA.</summary>
    NotSubscribed,

    /// <summary>Never sent: no callback is configured.</summary>
    NoCallback,

    /// <summary>Never sent: the app is not subscribed to the field.</summary>
    FieldNotSubscribed,

    /// <summary>Never sent: another responder owns the number's conversations, and the app has no standby role.</summary>
    RoutedElsewhere,
}
