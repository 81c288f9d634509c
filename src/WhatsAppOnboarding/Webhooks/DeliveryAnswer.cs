namespace WhatsAppOnboarding.Webhooks;

/// <summary>How a delivery is answered, and how that is counted.</summary>
internal sealed record DeliveryAnswer(int Status, string Result)
{
    public static readonly DeliveryAnswer Ok = new(200, "ok");
    public static readonly DeliveryAnswer Malformed = new(400, "malformed");
    public static readonly DeliveryAnswer BadSignature = new(401, "bad_signature");
    public static readonly DeliveryAnswer TooSlow = new(408, "too_slow");
    public static readonly DeliveryAnswer TooLarge = new(413, "too_large");
    public static readonly DeliveryAnswer HandlerFailed = new(500, "handler_failed");
    public static readonly DeliveryAnswer Busy = new(503, "busy");

    /// <summary>It concerns a WABA that is just being connected.</summary>
    public static readonly DeliveryAnswer Early = new(503, "early");

    /// <summary>The authority could not follow what Meta says.</summary>
    public static readonly DeliveryAnswer NotFollowed = new(503, "not_followed");
}
