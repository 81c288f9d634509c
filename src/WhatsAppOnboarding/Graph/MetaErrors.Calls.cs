using static WhatsAppOnboarding.ErrorCodes;

namespace WhatsAppOnboarding.Graph;

/// <content>Errors that mean something of their own for one call: of the login, of portfolios, of a subscription, of a number, of a message.</content>
internal static partial class MetaErrors
{
    private static string[] PortfolioLists => ["list_owned_wabas", "list_client_wabas"];

    private static MetaErrorRow[] Login =>
    [
        new("exchange_code", 100, 36007, CodeExpired, "The code is too old: one of the popup lives for 30 seconds, one of the dialog for minutes."),
        new("exchange_code", 100, 36008, RedirectMismatch, "The redirect URI of the exchange is not, to the letter, that of the dialog; or the code is malformed.",
            "Enter WhatsAppOnboarding:RedirectUri (by default PublicOrigin and the callback path) exactly so in App Dashboard > Facebook Login for Business > Settings > Valid OAuth Redirect URIs."),
        new("exchange_code", 100, 36009, CodeUsed, "The code was exchanged before; it works once."),
        new("exchange_code", 100, null, CodeRefused, "The code, or another parameter of the exchange, is not accepted."),

        // A wrong client secret has no code of its own.
        new("exchange_code", 1, null, AppMisconfigured, "The app secret is wrong.", CheckSecret) { Kind = GraphErrorKind.AppMisconfigured, Status = 400 },
        new("extend_token", 1, null, AppMisconfigured, "The app secret is wrong.", CheckSecret) { Kind = GraphErrorKind.AppMisconfigured, Status = 400 },
        new("extend_token", 100, null, MetaRefused, "The token is of a kind that is not extended this way."),
        new("extend_token", 190, null, TokenInvalid, "The token of the person ended, or was revoked, before it could be extended."),
        .. OwnToken("inspect_token", "The app itself is not accepted by its id and secret.", CheckId),
        new("inspect_token", 100, null, TokenInvalid, "What the exchange gave is no token that this app may inspect."),
    ];

    private static MetaErrorRow[] Portfolios =>
    [
        new("list_businesses", 10, null, NoWaba, "The token names no WABA, and may not list portfolios either.", AskForAssets),
        new("list_businesses", 100, null, NoWaba, "The token names no WABA, and as one of a system user it has no portfolios to list.", AskForAssets),
        new("list_businesses", 190, null, NoWaba, "The token names no WABA, and speaks for no person whose portfolios could be listed.", AskForAssets),
        new("list_businesses", 200, null, NoWaba, "The token names no WABA, and lacks business_management to list portfolios.", AskForAssets) { LastCode = 299 },
        .. PortfolioLists.SelectMany(list => new MetaErrorRow[]
        {
            new(list, 10, null, NoWaba, "The portfolio does not show its WABAs to the token."),
            new(list, 100, null, NoWaba, "The portfolio does not have this list of WABAs."),
            new(list, 190, null, NoWaba, "The token does not reach the portfolio's WABAs."),
            new(list, 200, null, NoWaba, "The person may not see the portfolio's WABAs.") { LastCode = 299 },
            new(list, 803, null, NoWaba, "The portfolio is gone, or hidden from the token."),
        }),
    ];

    private static string AskForAssets =>
        "If no customer gets past this, let the login configuration ask for WhatsApp accounts as assets (App Dashboard > Facebook Login for Business > Configurations), so that tokens name them.";

    private static MetaErrorRow[] Numbers =>
    [
        new("register_number", 133005, null, PinNeeded, "The number has a PIN already, and it is another one."),
        new("register_number", 133006, null, CodeNeeded, "The number must be verified by a code first."),
        new("register_number", 133008, null, PinLocked, "Too many wrong PINs were tried."),
        new("register_number", 133009, null, PinTooFast, "PINs were tried too fast."),
        new("register_number", 133015, null, NumberJustDeleted, "The number was deleted less than five minutes ago."),
        new("register_number", 133016, null, RegisterLimit, "The number was registered or deregistered more than ten times in 72 hours."),
        new("register_number", 131031, null, PinOrLocked, "The number's PIN is another one, or the WABA is restricted or disabled: Meta has one code for both."),
        new("register_number", 136025, null, OnBusinessApp, "The number is in use in the WhatsApp Business app and is not registered: it is read anew before that is believed."),
        new("deregister_number", 133016, null, RegisterLimit, "The number was registered or deregistered more than ten times in 72 hours."),
        new("request_code", 136024, null, CodeNotSent, "No code is sent, often because the number is verified: it is read anew before that is believed."),
        new("request_code", 136024, 2388367, CodeLimit, "Too many codes were asked for."),
        new("verify_code", 100, null, CodeWrong, "The code does not look like one."),
        new("verify_code", 100, 33, MetaNotFound, "The number is gone, or hidden from the token."),
        new("verify_code", 136025, null, CodeWrong, "The code is wrong or too old."),
    ];

    private static MetaErrorRow[] Subscription =>
    [
        new("subscribe_app", 2200, null, AppMisconfigured, "The webhook address did not pass Meta's check.", CheckWebhook),
        new("subscribe_app", 2201, null, AppMisconfigured, "The webhook address did not answer Meta's check with its challenge.", CheckWebhook),
        .. OwnToken("list_app_subscriptions", "The app's own token is refused: its id or secret is wrong.", CheckSecret),
        .. OwnToken("subscribe_app_fields", "The app's own token is refused: its id or secret is wrong.", CheckSecret),
        new("subscribe_app_fields", 2200, null, AppMisconfigured, "The webhook address did not pass Meta's check.", CheckOwnWebhook),
        new("subscribe_app_fields", 2201, null, AppMisconfigured, "The webhook address did not answer Meta's check with its challenge.", CheckOwnWebhook),
        new("override_webhook", 100, null, AppMisconfigured, "The app is not subscribed to the WABA, or has no webhook address of its own yet.",
            "Enter the app's own address in App Dashboard > WhatsApp > Configuration, or have IWhatsAppOperator.ApplyWebhookSetupAsync do it; then have an account of the WABA connect again."),
        new("override_webhook", 100, 33, MetaNotFound, "The WABA is gone, or hidden from the token."),
        new("override_webhook", 200, null, PermissionMissing, "The token may not set an address for this WABA, which often is so when it belongs to the customer's own portfolio.",
            "Messages keep coming to the app's own address. If they must not, have the customer grant whatsapp_business_management for the WABA.") { LastCode = 299 },
        new("override_webhook", 2200, null, AppMisconfigured, "The WABA's own webhook address did not pass Meta's check.", CheckOverride),
        new("override_webhook", 2201, null, AppMisconfigured, "The WABA's own webhook address did not answer Meta's check with its challenge.", CheckOverride),
    ];

    private static string CheckOwnWebhook =>
        "This host must be listening while it is set up, and Meta must reach WhatsAppOnboarding:PublicOrigin with Paths:Webhooks from outside by https.";

    private static string CheckOverride =>
        "Meta must reach the address that UseWebhookOverride gives from outside by https, and it must answer the handshake with WhatsAppOnboarding:WebhookVerifyToken.";

    private static string CheckWebhook =>
        "Meta must reach the webhook route from outside by https, and WhatsAppOnboarding:WebhookVerifyToken must be the one in App Dashboard > WhatsApp > Configuration.";

    private static MetaErrorRow[] Messages =>
    [
        new("send_message", 131008, null, MessageInvalid, "A parameter is missing; GraphError.Details names it."),
        new("send_message", 131009, null, MessageInvalid, "A parameter has a value that Meta does not take; GraphError.Details names it."),
        new("send_message", 131021, null, RecipientUnreachable, "The recipient is the sender."),
        new("send_message", 131026, null, RecipientUnreachable, "The message cannot be delivered: the recipient is not on WhatsApp, has not taken its terms, or uses an old version."),
        new("send_message", 131030, null, AppMisconfigured, "The sender is one of Meta's test numbers, which write only to numbers that were entered before.",
            "Enter the recipient in App Dashboard > WhatsApp > API Setup, or send with a number of a customer.") { Kind = GraphErrorKind.Rejected },
        new("send_message", 131037, null, NameNotReady, "The number's display name is not approved."),
        new("send_message", 131042, null, PaymentNeeded, "The WABA has no payment method that works.", "The customer adds one at business.facebook.com > Billing and payments."),
        new("send_message", 141006, null, PaymentNeeded, "The WABA has no payment method that works.", "The customer adds one at business.facebook.com > Billing and payments."),
        new("send_message", 131047, null, WindowClosed, "The recipient last wrote more than 24 hours ago, so that only a template can be sent."),
        new("send_message", 131048, null, SendingLimit, "Too many messages of the number were blocked or reported."),
        new("send_message", 131064, null, SendingLimit, "The number has reached its messaging limit."),
        new("send_message", 130472, null, MessageHeldBack, "Meta leaves the recipient out of marketing messages, in an experiment of its own."),
        new("send_message", 131049, null, MessageHeldBack, "Meta limits how many marketing messages a person gets."),
        new("send_message", 131050, null, OptedOut, "The recipient has asked for no more marketing messages."),
        new("send_message", 131051, null, MessageInvalid, "Meta does not know this type of message."),
        new("send_message", 131053, null, MessageInvalid, "The file could not be taken; GraphError.Details says why."),
        new("send_message", 131061, null, MessageInvalid, "A template with a highest price must be sent by the marketing messages API."),
        new("send_message", 131062, null, MessageInvalid, "An authentication template cannot go to a user id; it needs the telephone number."),
        new("send_message", 132000, null, TemplateRefused, "The template has another number of parameters than were sent."),
        new("send_message", 132001, null, TemplateRefused, "There is no approved template of this name in this language."),
        new("send_message", 132005, null, TemplateRefused, "The template is too long with what was filled in."),
        new("send_message", 132007, null, TemplateRefused, "What was filled in breaks a policy of Meta's."),
        new("send_message", 132008, null, TemplateRefused, "A parameter of the template has a value that Meta does not take."),
        new("send_message", 132012, null, TemplateRefused, "A parameter has another format than the template gives it."),
        new("send_message", 132015, null, TemplateStopped, "The template is paused, because people did not like it."),
        new("send_message", 132016, null, TemplateStopped, "The template was paused too often and is disabled."),
        new("send_message", 135000, null, MessageInvalid, "The message has a fault that Meta does not name."),
    ];

    /// <summary>The app's own token is made of its id and secret, so that what else means a bad token means a bad app.</summary>
    private static MetaErrorRow[] OwnToken(string call, string cause, string cure)
    {
        var row = new MetaErrorRow(call, 190, null, AppMisconfigured, cause, cure) { Kind = GraphErrorKind.AppMisconfigured };
        return [row with { Code = 0, LastCode = 0 }, row with { Code = 102, LastCode = 102 }, row];
    }
}
