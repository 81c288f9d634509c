using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Testing;

/// <summary>How the emulated Meta app is set up. Every value may be left alone.</summary>
/// <remarks>Port, app id, app secret, clock and webhook callback are read at the start, all others when they are needed: a test may change them on the way.</remarks>
public sealed class MetaEmulatorOptions
{
    /// <summary>The TCP port on 127.0.0.1.</summary>
    /// <value>0: any free port.</value>
    public int Port { get; set; }

    /// <summary>
    /// Names besides <c>localhost</c> and loopback addresses under which it answers, such as that of a proxy in front of it: hosts without a port. Any other
    /// <c>Host</c> is refused with 403, so that no foreign page can be made to point at it (DNS rebinding).
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>The app id, digits only.</summary>
    /// <value>Null: random digits at each start, with <see cref="MetaEmulator.RunAsync(MetaEmulatorOptions, CancellationToken)"/> the same ones.</value>
    public string? AppId { get; set; }

    /// <summary>The app secret: exchanges codes, makes proofs, signs webhooks.</summary>
    /// <value>Null: random hexadecimal digits at each start.</value>
    [JsonIgnore]
    public string? AppSecret { get; set; }

    /// <summary>The app's name, as the consent screen shows it.</summary>
    /// <value>"My SaaS".</value>
    public string AppName { get; set; } = "My SaaS";

    /// <summary>The only Login for Business configuration that the dialog accepts.</summary>
    /// <value>Null: any configuration id made of digits.</value>
    public string? ConfigurationId { get; set; }

    /// <summary>Clock for codes, tokens, versions and webhook retries.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Valid OAuth redirect URIs, compared exactly, as with Meta's strict mode.</summary>
    /// <value>Empty: any absolute http or https URI.</value>
    public IList<string> RedirectUris { get; set; } = [];

    /// <summary>Allowed domains for the JavaScript SDK: the hosts or origins of pages that may open the popup.</summary>
    /// <value>Empty: any.</value>
    public IList<string> AllowedDomains { get; set; } = [];

    /// <summary>Whether calls with a user's or system user's token must carry <c>appsecret_proof</c> (the app setting "Require App Secret").</summary>
    /// <value>True.</value>
    public bool RequireAppSecretProof { get; set; } = true;

    /// <summary>How long a code of the redirect dialog lives. Meta publishes no figure.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a code of the Embedded Signup popup lives.</summary>
    /// <value>30 seconds, Meta's figure.</value>
    public TimeSpan PopupCodeLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a token names more than the person picked: every WABA of the portfolios concerned, as Meta's tokens of a system user name whatever was ever shared
    /// with the app. What the popup tells its page stays what was picked.
    /// </summary>
    /// <value>False.</value>
    public bool WidenGrants { get; set; }

    /// <summary>How long a person's token lives after it was extended.</summary>
    /// <value>About 60 days.</value>
    public TimeSpan ExtendedTokenLifetime { get; set; } = TimeSpan.FromSeconds(5_183_944);

    /// <summary>Whether an answer with a token says how long it lives; Meta leaves that out at times.</summary>
    /// <value>True.</value>
    public bool SayExpiresIn { get; set; } = true;

    /// <summary>
    /// Whether the popup begins with one page that shows a WABA, a number and the permissions, chosen already: one click confirms and ends it, another
    /// leads to the steps. Shown are the first WABA with a number and its oldest one; without any number the steps come at once.
    /// </summary>
    /// <remarks>
    /// To try an app quickly. Since version 4 Meta's own window has assets and permissions on one page, and fills in what it knows; that it asks nothing
    /// else is not known.
    /// </remarks>
    /// <value>False: three steps and a last screen.</value>
    public bool PreselectInPopup { get; set; }

    /// <summary>The kind of token that a code is exchanged for.</summary>
    /// <value><see cref="EmulatedTokenKind.SystemUser"/>.</value>
    public EmulatedTokenKind TokenKind { get; set; }

    /// <summary>The app-scoped id of the person who grants, for <see cref="EmulatedTokenKind.User"/>.</summary>
    /// <value>Null: another person each time.</value>
    public string? UserId { get; set; }

    /// <summary>How long an exchanged token lives.</summary>
    /// <value>Null: without end for a system user, two hours for a person.</value>
    public TimeSpan? TokenLifetime { get; set; }

    /// <summary>Permissions that this app can be granted. With a configuration they are granted as they stand; with <c>scope</c>, those of them that were asked for.</summary>
    /// <value><c>whatsapp_business_management</c>, <c>whatsapp_business_messaging</c>, <c>public_profile</c>.</value>
    public IList<string> Scopes { get; set; } = ["whatsapp_business_management", "whatsapp_business_messaging", "public_profile"];

    /// <summary>Whether <c>debug_token</c> names the granted assets in <c>granular_scopes</c>.</summary>
    /// <value>True. False leaves <c>target_ids</c> out, as when a person grants "all assets".</value>
    public bool NameTargets { get; set; } = true;

    /// <summary>The most items that a page of a listing holds, whatever <c>limit</c> asks.</summary>
    /// <value>100.</value>
    public int MaxPageSize { get; set; } = 100;

    /// <summary>Real time that each Graph call takes at least. <see cref="CallLog.LongestChain"/> is only telling when calls made side by side also overlap.</summary>
    /// <value>Zero.</value>
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// Whether answers carry <c>X-App-Usage</c> and, about a WABA or its numbers, <c>X-Business-Use-Case-Usage</c>: percent of Meta's limits that the calls of
    /// the last hour have used. Per WABA 200 calls, 5,000 once it has a registered number; for the app 200 for each person or system user with a token.
    /// </summary>
    /// <value>True.</value>
    public bool SendUsageHeaders { get; set; } = true;

    /// <summary>Whether calls over these limits are refused: 80008 for a WABA, 4 for the app.</summary>
    /// <value>False, so that a long test need not count its calls. True is what Meta does.</value>
    public bool EnforceRateLimits { get; set; }

    /// <summary>Where webhooks go.</summary>
    /// <value>Null: nowhere, until <see cref="WebhookSender.ConfigureAsync"/>.</value>
    public Uri? WebhookCallback { get; set; }

    /// <summary>The verify token of <see cref="WebhookCallback"/>. When set, the handshake is made before the first delivery.</summary>
    /// <value>Null: no handshake.</value>
    [JsonIgnore]
    public string? WebhookVerifyToken { get; set; }

    /// <summary>Whether a WABA may have a callback of its own (<c>override_callback_uri</c>).</summary>
    /// <value>True. False refuses it with 200, as for an app without the permission.</value>
    public bool AllowOverrides { get; set; } = true;

    /// <summary>Whether a free-form message needs an open customer service window: the customer wrote to this number within 24 hours. Outside of it the message is accepted and fails by its status with 131047; templates may always be sent.</summary>
    /// <value>False, so that an app can be tried without writing as a customer first. True is what Meta does.</value>
    public bool EnforceCustomerServiceWindow { get; set; }

    internal bool Knows(string configurationId) => ConfigurationId is { } only
        ? configurationId == only
        : configurationId.Length > 0 && configurationId.All(char.IsAsciiDigit);
}
