namespace WhatsAppOnboarding.Testing.Faults;

/// <summary>A code of Meta's list for messages: with an HTTP error, or with a <c>failed</c> status afterwards.</summary>
/// <param name="Status">The HTTP status when it is the answer to a call.</param>
/// <param name="Code">Meta's code.</param>
/// <param name="Title">Meta's words for it.</param>
/// <param name="Details">Meta's <c>details</c>; null: none.</param>
internal sealed record MetaRefusal(int Status, int Code, string Title, string? Details = null)
{
    // Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
    private static readonly Dictionary<int, MetaRefusal> Known = new MetaRefusal[]
    {
        new(400, 4, "Application request limit reached"),
        new(400, 80007, "Rate limit issues"),
        new(403, 368, "Temporarily blocked for policies violations"),
        new(400, 130429, "Rate limit hit", "Message failed to send because there were too many messages sent from this phone number in a short period of time."),
        new(400, 130472, "User's number is part of an experiment"),
        new(403, 130497, "Business account is restricted from messaging users in this country."),
        new(500, 131000, "Something went wrong"),
        new(403, 131005, "Access denied"),
        new(400, 131009, "Parameter value is not valid"),
        new(500, 131016, "Service unavailable"),
        new(400, 131026, "Message undeliverable", "Message Undeliverable."),
        new(403, 131031, "Business Account locked", "Business account has been locked."),
        new(400, 131037, "WhatsApp provided number needs display name approval before message can be sent."),
        new(400, 131042, "Business eligibility payment issue", "Message failed to send because there were one or more errors related to your payment method."),
        new(500, 131045, "Incorrect certificate", "Message failed to send due to a phone number registration error."),
        new(400, 131047, "Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
        new(400, 131048, "Spam rate limit hit", "Message failed to send because there are restrictions on how many messages can be sent from this phone number."),
        new(400, 131049, "This message was not delivered to maintain healthy ecosystem engagement."),
        new(400, 131050, "User has stopped marketing messages"),
        new(400, 131053, "Media upload error"),
        new(400, 131056, "(Business Account, Consumer Account) pair rate limit hit", "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time."),
        new(500, 131057, "Account in maintenance mode"),
        new(400, 131064, "Messaging limit reached"),
        new(400, 133010, "The account is not registered", "Phone number is not registered on the WhatsApp Business Platform."),
        new(400, 132015, "Template is Paused"),
        new(400, 132016, "Template is Disabled"),
    }.ToDictionary(refusal => refusal.Code);

    public static IEnumerable<MetaRefusal> All => Known.Values.OrderBy(refusal => refusal.Code);

    public static MetaRefusal? Find(int code) => Known.GetValueOrDefault(code);

    public static MetaRefusal Of(int code) => Known[code];

    public Graph.GraphFailure ToFailure() => new(Status, Code, $"(#{Code}) {Title}") { Details = Details };
}
