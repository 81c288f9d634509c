namespace WhatsAppOnboarding;

/// <content>What Meta says against a message.</content>
public static partial class ErrorCodes
{
    /// <summary>The customer wrote too long ago: only a template can be sent now (Meta's 131047).</summary>
    public const string WindowClosed = "window_closed";

    /// <summary>There is no such template, or what was sent does not fit it; <c>GraphError.Details</c> says more (Meta's 132000, 132001, 132005, 132007, 132008, 132012).</summary>
    public const string TemplateRefused = "template_refused";

    /// <summary>Meta has paused or disabled the template (Meta's 132015, 132016).</summary>
    public const string TemplateStopped = "template_stopped";

    /// <summary>Meta has no payment method for the WABA that works (Meta's 131042, 141006).</summary>
    public const string PaymentNeeded = "payment_needed";

    /// <summary>The customer has asked for no more marketing messages (Meta's 131050).</summary>
    public const string OptedOut = "opted_out";

    /// <summary>The message cannot reach this customer (Meta's 131021, 131026).</summary>
    public const string RecipientUnreachable = "recipient_unreachable";

    /// <summary>Meta holds the message back from this customer, not for a fault of the message (Meta's 130472, 131049).</summary>
    public const string MessageHeldBack = "message_held_back";

    /// <summary>The number has sent as much as Meta lets it for now (Meta's 131048, 131064).</summary>
    public const string SendingLimit = "sending_limit";

    /// <summary>The message is not one that Meta takes; <c>GraphError.Details</c> says more (Meta's 131008, 131009, 131051, 131053, 131061, 131062, 135000).</summary>
    public const string MessageInvalid = "message_invalid";
}
