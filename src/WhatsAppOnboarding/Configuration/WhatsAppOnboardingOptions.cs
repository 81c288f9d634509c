using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>The library's configuration, by default the section <c>WhatsAppOnboarding</c>. Validated at start, all errors at once.</summary>
public sealed class WhatsAppOnboardingOptions
{
    /// <summary>
    /// The name of the library's activity source and of its meter, for <c>AddSource</c> and <c>AddMeter</c>. No span and no measurement ever holds a token, a
    /// code, a message or a telephone number.
    /// </summary>
    public const string TelemetryName = "WhatsAppOnboarding";

    /// <summary>The Meta app's id (App Dashboard, Settings, Basic): digits. Required.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The Meta app's secret (App Dashboard, Settings, Basic). Required. Keep it out of source control.</summary>
    [JsonIgnore]
    public string AppSecret { get; set; } = "";

    /// <summary>During a rotation: the older secret; what Meta signed with it is accepted until <see cref="PreviousAppSecretUntil"/>.</summary>
    [JsonIgnore]
    public string? PreviousAppSecret { get; set; }

    /// <summary>When <see cref="PreviousAppSecret"/> stops being accepted. Required with it.</summary>
    public DateTimeOffset? PreviousAppSecretUntil { get; set; }

    /// <summary>
    /// The id of a Facebook Login for Business configuration. When it is set, the login dialog uses it and asks for no <see cref="Scopes"/>.
    /// </summary>
    public string? ConfigurationId { get; set; }

    /// <summary>
    /// Whether <see cref="ConfigurationId"/> issues system-user tokens (the default, and what Embedded Signup uses) or tokens of the person.
    /// </summary>
    public bool ConfigurationIssuesSystemUserTokens { get; set; } = true;

    /// <summary>
    /// The <c>extras</c> of Meta's popup, a JSON object as text; what it holds depends on the version of Embedded Signup that
    /// <see cref="ConfigurationId"/> was made for. Default <c>{"setup":{}}</c>, as the current version wants it.
    /// </summary>
    public string PopupExtras { get; set; } = """{"setup":{}}""";

    /// <summary>The one Graph API version for all calls and the dialog. Default <c>v25.0</c>.</summary>
    public string GraphApiVersion { get; set; } = "v25.0";

    /// <summary>The permissions to ask for. A token without one of them is a finding, not a failure. Default: management and messaging.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>
    /// Where browsers reach the host: scheme, host and port, such as <c>https://app.example.com</c>. Required outside Development, and https there.
    /// Never taken from a request. In Development it defaults to the first address that the server listens on.
    /// </summary>
    public string? PublicOrigin { get; set; }

    /// <summary>Where Meta sends the browser back, exactly as listed in the app's valid OAuth redirect URIs. Default: public origin and callback path.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>Other origins whose pages may post with cookies, such as a front end on its own host. Default: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>What Meta repeats in the webhook handshake: at least 32 characters outside Development. Without it no handshake succeeds.</summary>
    [JsonIgnore]
    public string? WebhookVerifyToken { get; set; }

    /// <summary>
    /// During a rotation: a second verify token that answers Meta's handshake, too. Give it the new one on every node, then exchange the two, then take it out: so no
    /// node is ever asked for a token that it does not know. As long as the first.
    /// </summary>
    [JsonIgnore]
    public string? SecondWebhookVerifyToken { get; set; }

    /// <summary>Where the Graph API is. Another host than Meta's needs <see cref="AllowOtherMetaHosts"/> outside Development.</summary>
    public Uri GraphBaseAddress { get; set; } = new("https://graph.facebook.com");

    /// <summary>
    /// Hosts that files of messages may be loaded from by https, beside Meta's <c>lookaside.fbsbx.com</c> and that of <see cref="GraphBaseAddress"/>. A customer's
    /// token goes to each of them. Default: none.
    /// </summary>
    public IList<string> MediaHosts { get; } = [];

    /// <summary>Where the login dialog is. Another host than Meta's needs <see cref="AllowOtherMetaHosts"/> outside Development.</summary>
    public Uri DialogBaseAddress { get; set; } = new("https://www.facebook.com");

    /// <summary>Where browsers load Meta's script for the popup. Another host than Meta's needs <see cref="AllowOtherMetaHosts"/> outside Development.</summary>
    public Uri SdkAddress { get; set; } = new("https://connect.facebook.net/en_US/sdk.js");

    /// <summary>Says that another host than Meta's is meant. Default false.</summary>
    public bool AllowOtherMetaHosts { get; set; }

    /// <summary>
    /// The fields asked of each number; a field that Meta does not know makes the client ask again without a list. Default:
    /// <c>id,display_phone_number,verified_name,quality_rating,status,code_verification_status,name_status,new_display_name,new_name_status,platform_type,account_mode,is_on_biz_app</c>.
    /// </summary>
    public string? PhoneNumberFields { get; set; }

    /// <summary>How long one try of a Graph call may take. Default 10 seconds.</summary>
    public TimeSpan GraphAttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a Graph call may take with all its retries. Default 20 seconds; at most 40.</summary>
    public TimeSpan GraphTotalTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The claim that names the account of a signed-in person. Exactly one is required on every account route. Default <c>account_id</c>.</summary>
    public string AccountClaimType { get; set; } = "account_id";

    /// <summary>
    /// The claim that names the signed-in person in account events (<see cref="AccountEvent.Person"/>): the record of who did what. Where a person has none it is the name of
    /// the identity. Default: the name identifier (<see cref="System.Security.Claims.ClaimTypes.NameIdentifier"/>).
    /// </summary>
    public string PersonClaimType { get; set; } = System.Security.Claims.ClaimTypes.NameIdentifier;

    /// <summary>
    /// How long account events are kept, whatever became of them: the record of who did what. Default 400 days; a day to ten years. Each takes about half a kilobyte.
    /// </summary>
    public TimeSpan AccountEventLife { get; set; } = TimeSpan.FromDays(400);

    /// <summary>The host's authorization policy for connecting, choosing, steps and disconnecting, beyond being signed in. Default: none.</summary>
    public string? ManagePolicy { get; set; }

    /// <summary>The host's authorization policy for reading status, attention and attempts, beyond being signed in. Default: none.</summary>
    public string? ReadPolicy { get; set; }

    /// <summary>
    /// The host's authorization policy for reading a PIN that is kept for a number. Default: <see cref="ManagePolicy"/>.
    /// </summary>
    public string? PinPolicy { get; set; }

    /// <summary>Which of the granted numbers are connected. Default <see cref="NumberChoice.Chosen"/>.</summary>
    public NumberChoice NumberChoice { get; set; }

    /// <summary>What happens when a second account connects a number that another holds. Default <see cref="SharedNumbersPolicy.Allow"/>.</summary>
    public SharedNumbersPolicy SharedNumbers { get; set; }

    /// <summary>While a number is shared: how fresh each holder's proof of access must be for deliveries to it. Default 24 hours; at most 90 days.</summary>
    public TimeSpan SharedProofLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long what is known of a connected number may be believed without a new look at Meta: by then a loss is noticed. Default 6 hours; 15 minutes to 20 hours. The
    /// first look comes 4.5 to 6 hours after a connect, whatever is set here. Each look takes two calls for a number that is alone in its WABA, and three for a WABA with
    /// several.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How long a person may take from <b>Connect WhatsApp</b> to the end at Meta: the life of a <c>state</c> and of the browser's cookie. A first signup
    /// takes many people half an hour. Default one hour; 10 minutes to 24 hours.
    /// </summary>
    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often an account may start to connect within <see cref="LimitWindow"/>, and as often may get a new state for a code that came late. Default 10.</summary>
    public int MaxStarts { get; set; } = 10;

    /// <summary>How many codes an account may have exchanged within <see cref="LimitWindow"/>. Default 5.</summary>
    public int MaxExchanges { get; set; } = 5;

    /// <summary>The time over which starts and exchanges are counted, over all nodes. Default 10 minutes; at most a day.</summary>
    public TimeSpan LimitWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How deliveries are taken.</summary>
    public WebhookOptions Webhooks { get; } = new();

    /// <summary>The page behind setup and reconnect links.</summary>
    public SetupLinkOptions Links { get; } = new();

    /// <summary>Where the routes are and where browsers are sent.</summary>
    public WhatsAppOnboardingPaths Paths { get; } = new();

    /// <summary>The permissions without which the library cannot work.</summary>
    internal static IReadOnlyList<string> NeededScopes { get; } = ["whatsapp_business_management", "whatsapp_business_messaging"];

    /// <summary>What the dialog really asks for: <see cref="Scopes"/>, or the two permissions that the library needs.</summary>
    internal IEnumerable<string> EffectiveScopes => Scopes.Count > 0 ? Scopes : NeededScopes;

    /// <summary>The secrets that what Meta signs may be signed with at this time.</summary>
    internal IReadOnlyList<string> AcceptedAppSecrets(DateTimeOffset now) =>
        PreviousAppSecret is { } previous && PreviousAppSecretUntil > now ? [AppSecret, previous] : [AppSecret];
}
