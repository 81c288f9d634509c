using static WhatsAppOnboarding.ErrorCodes;

namespace WhatsAppOnboarding.Graph;

/// <content>Errors that may answer any call.</content>
internal static partial class MetaErrors
{
    private const string GetAccess =
        "If every customer meets this: App Dashboard > App Review > Permissions and Features must show advanced access for whatsapp_business_management and whatsapp_business_messaging, and the app must be live; until then only people with a role in the app can connect.";

    private const string CheckAddresses =
        "App Dashboard > Settings > Basic > App domains must name the domain of WhatsAppOnboarding:PublicOrigin; Facebook Login for Business > Settings must list WhatsAppOnboarding:RedirectUri under Valid OAuth Redirect URIs and the page's domain under Allowed Domains for the JavaScript SDK.";

    private const string CheckLogin =
        "App Dashboard: the app must be published (App Mode: Live) and have Facebook Login for Business with the configuration that WhatsAppOnboarding:ConfigurationId names; until then only people with a role in the app can connect.";

    /// <summary>Whatever was asked for: only the person whose access it is can cure these.</summary>
    private static MetaErrorRow[] People =>
    [
        new(null, 190, 459, FacebookCheck, "Meta wants the person to sign in at facebook.com and confirm who they are.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 190, 464, FacebookCheck, "The person's Facebook account is not confirmed.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 190, 490, FacebookCheck, "Meta has stopped the person at a check that blocks until they pass it at facebook.com.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 459, null, FacebookCheck, "Meta wants the person to sign in at facebook.com and confirm who they are.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 464, null, FacebookCheck, "The person's Facebook account is not confirmed.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 490, null, FacebookCheck, "Meta has stopped the person at a check that blocks until they pass it at facebook.com.") { IsOfPerson = true, Kind = GraphErrorKind.TokenInvalid },
        new(null, 415, null, TwoFactorNeeded, "The portfolio demands two-factor authentication of the person whose access it is.") { IsOfPerson = true, Kind = GraphErrorKind.Rejected },
        new(null, 0, 2859009, TwoFactorNeeded, "The portfolio demands two-factor authentication of the person whose access it is.") { LastCode = MetaErrorRow.AnyCode, IsOfPerson = true, Kind = GraphErrorKind.Rejected },
        new(null, 0, 1404120, TwoFactorNeeded, "The portfolio demands two-factor authentication of the person whose access it is.") { LastCode = MetaErrorRow.AnyCode, IsOfPerson = true, Kind = GraphErrorKind.Rejected },
        new(null, 0, 2388001, NameNotReady, "The name that customers would see has no certificate yet: it waits for Meta's review, was declined, or must be changed.") { LastCode = MetaErrorRow.AnyCode, IsOfPerson = true, Kind = GraphErrorKind.Rejected },
        new(null, 0, 2388091, CodeTooSoon, "Meta wants a pause of about an hour between two codes.") { LastCode = MetaErrorRow.AnyCode, IsOfPerson = true, Kind = GraphErrorKind.Rejected },
    ];

    /// <summary>Meta's login comes back with <c>error_code</c> and without <c>error</c> where the app is not set up for it.</summary>
    private static MetaErrorRow[] Dialogs =>
    [
        new(Dialog, 901, null, AppMisconfigured, "The app is not open to this person: it is in Development mode.", CheckLogin) { Kind = GraphErrorKind.AppMisconfigured },
        new(Dialog, 1349048, null, AppMisconfigured, "The address is not one of the app's.", CheckAddresses) { Kind = GraphErrorKind.AppMisconfigured },
        new(Dialog, 1349126, null, AppMisconfigured, "The app is not set up: it is in Development mode, or has no Facebook Login.", CheckLogin) { Kind = GraphErrorKind.AppMisconfigured },
        new(Dialog, 1349000, null, AppMisconfigured, "The app is not set up for the login that it asks for.", CheckLogin) { LastCode = 1349999, Kind = GraphErrorKind.AppMisconfigured },
    ];

    private static MetaErrorRow[] Anywhere =>
    [
        // Access.
        new(null, 0, null, TokenInvalid, "Meta cannot tell for whom the token speaks; often access was withdrawn."),
        new(null, 102, null, TokenInvalid, "The session behind the token is over."),
        new(null, 190, null, TokenInvalid, "The token is not, or no longer, a token."),
        new(null, 190, 458, TokenInvalid, "The customer removed the app from their business integrations."),
        new(null, 190, 460, TokenInvalid, "The person changed their password, or Meta ended their sessions for safety."),
        new(null, 190, 463, TokenInvalid, "The token has reached its end."),
        new(null, 190, 467, TokenInvalid, "The token was revoked, or the person signed out."),
        new(null, 190, 492, TokenInvalid, "The person no longer has the role that the token rests on."),
        new(null, 10, null, PermissionMissing, "A permission was not granted, or was taken away.", GetAccess),
        new(null, 200, null, PermissionMissing, "A permission was not granted, or the person who granted it may not manage the WABA.", GetAccess) { LastCode = 299 },
        new(null, 131005, null, PermissionMissing, "Access to the WABA or number was not granted, or was taken away.", GetAccess),

        // The app.
        new(null, 3, null, AppMisconfigured, "The app does not have the capability for this call.",
            "Add the WhatsApp product to the app in the App Dashboard, and check App Review > Permissions and Features."),
        new(null, 12, null, AppMisconfigured, "The call is not served any more.", "Update this library; until then set WhatsAppOnboarding:GraphApiVersion to a version that still serves the call."),
        new(null, 100, null, AppMisconfigured, "The text names appsecret_proof: the proof, made with the app secret, is wrong.", CheckSecret),
        new(null, 191, null, AppMisconfigured, "The address that Meta should come back to, or the page that opens its window, is not one of the app's.", CheckAddresses),
        new(null, 101, null, AppMisconfigured, "There is no app with this id.", CheckId),
        new(null, 104, null, AppMisconfigured, "The proof that is made with the app secret is missing or wrong.", CheckSecret),
        new(null, 2635, null, AppMisconfigured, "The version of the Graph API has ended.",
            "Set WhatsAppOnboarding:GraphApiVersion to a version that is served; App Dashboard > Settings > Advanced shows them."),

        // What was asked for.
        new(null, 100, null, MetaRefused, "A parameter is wrong, or not known in this version of the Graph API."),
        new(null, 100, 33, MetaNotFound, "The WABA or number is gone, or hidden from the token."),
        new(null, 803, null, MetaNotFound, "The WABA or number is gone, or hidden from the token."),
        new(null, 33, null, NumberDeleted, "The number was deleted.") { Kind = GraphErrorKind.NotFound },

        // Later is fine.
        new(null, 1, null, MetaUnavailable, "Meta has a fault of its own."),
        new(null, 2, null, MetaUnavailable, "The service is down for a while."),
        new(null, 131000, null, MetaUnavailable, "Something went wrong at Meta that it does not name."),
        new(null, 131016, null, MetaUnavailable, "A service that the call needs is down for a while."),
        new(null, 131057, null, MetaUnavailable, "The WABA is in maintenance."),
        new(null, 133004, null, MetaUnavailable, "The server is not available for a while."),
        new(null, 4, null, MetaThrottled, "The app has made too many calls."),
        new(null, 17, null, MetaThrottled, "Too many calls were made for this person."),
        new(null, 32, null, MetaThrottled, "Too many calls were made for this page."),
        new(null, 341, null, MetaThrottled, "The app has reached a limit."),
        new(null, 613, null, MetaThrottled, "This call has a limit of its own, and it is reached."),
        new(null, 80007, null, MetaThrottled, "Too many calls were made for this WABA."),
        new(null, 80008, null, MetaThrottled, "Too many calls to manage this WABA were made: 200 an hour until it has a registered number."),
        new(null, 130429, null, MetaThrottled, "The number has reached its throughput."),
        new(null, 131056, null, MetaThrottled, "Too much was sent to the same recipient."),

        // The WABA and its numbers.
        new(null, 368, null, AccountBlocked, "The WABA is blocked for a while, for it broke a policy."),
        new(null, 130497, null, CountryRestricted, "The WABA may not do this in that country."),
        new(null, 131031, null, AccountLocked, "The WABA is restricted or disabled, or what was sent does not match what Meta knows of it."),
        
        // Meta sends these as 500, but they do not pass.
        new(null, 131045, null, NotRegistered, "The number's registration is not in order.") { Kind = GraphErrorKind.Rejected },
        new(null, 133000, null, DeregisterIncomplete, "The number was deregistered before, but not completely.") { Kind = GraphErrorKind.Rejected },
        new(null, 133010, null, NotRegistered, "The number is not registered."),
    ];
}
