using static WhatsAppOnboarding.ErrorCodes;

namespace WhatsAppOnboarding.Graph;

/// <content>Errors of the calls that turn a login into a grant.</content>
internal static partial class MetaErrors
{
    private static string[] PortfolioLists => ["list_owned_wabas", "list_client_wabas"];

    private static MetaErrorRow[] Login =>
    [
        new("exchange_code", 100, 36007, CodeExpired, "The code is too old: one of the popup lives for 30 seconds, one of the dialog for minutes."),
        new("exchange_code", 100, 36008, RedirectMismatch, "The redirect URI of the exchange is not, to the letter, that of the dialog; or the code is malformed.",
            "Enter WhatsAppOnboarding:RedirectUri (by default PublicOrigin and the callback path) exactly so in App Dashboard > Facebook Login for Business > Settings > Valid OAuth Redirect URIs."),
        new("exchange_code", 100, 36009, CodeUsed, "The code was exchanged before; it works once."),
        new("exchange_code", 100, null, MetaRefused, "The code, or another parameter of the exchange, is not accepted."),

        // A wrong client secret has no code of its own.
        new("exchange_code", 1, null, AppMisconfigured, "The app secret is wrong.", CheckSecret) { Kind = GraphErrorKind.AppMisconfigured, Status = 400 },
        new("extend_token", 1, null, AppMisconfigured, "The app secret is wrong.", CheckSecret) { Kind = GraphErrorKind.AppMisconfigured, Status = 400 },
        new("extend_token", 100, null, MetaRefused, "The token is of a kind that is not extended this way."),
        new("extend_token", 190, null, TokenInvalid, "The token of the person ended, or was revoked, before it could be extended."),
        .. OwnToken("inspect_token", "The app itself is not accepted by its id and secret.", CheckId),
        new("inspect_token", 100, null, MetaRefused, "What the exchange gave is no token that this app may inspect."),
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
}
