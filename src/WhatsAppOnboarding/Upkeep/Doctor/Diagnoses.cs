using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>One thing that can be wrong with a host, and its cure.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What is the matter.</param>
/// <param name="Action">What puts it right.</param>
/// <param name="About">What the finding's subject is; null when it has none.</param>
/// <param name="Breaks">Whether something does not work now, or is lost; else it will, or is worth knowing.</param>
internal sealed record Diagnosis(string Code, string Message, string Action, string? About = null, bool Breaks = true);

/// <summary>All that an examination of a host can find: one table, in the order in which it is to be put right. What can be found more is one row.</summary>
internal static class Diagnoses
{
    private const string Dashboard = "App Dashboard > WhatsApp > Configuration";
    private const string Apply = $"Apply the set-up (IWhatsAppOperator.ApplyWebhookSetupAsync), or enter it in {Dashboard}.";
    private const string Outside = "Look at DNS, certificate, firewall and proxy of WhatsAppOnboarding:PublicOrigin. If this host may not call its own public address, ask for it from another network.";

    public static IReadOnlyList<Diagnosis> All { get; } =
    [
        new("meta_unreachable", "Meta did not answer, so nothing that Meta would say was examined.", "Look at https://metastatus.com/whatsapp-business-api and at this host's way out to graph.facebook.com; then examine again."),
        new("app_unknown", "Meta knows no app with the id that is configured.", "Set WhatsAppOnboarding:AppId to the id in App Dashboard > Settings > Basic.", "the app id"),
        new("app_secret_wrong", "Meta does not take the app secret for this app.", "Set WhatsAppOnboarding:AppSecret to the secret in App Dashboard > Settings > Basic of the app that AppId names.", "the app id"),
        new("app_secret_previous", "Meta takes the previous app secret and not the current one: they are the wrong way round, or Meta's dashboard still has the older one.", "Set WhatsAppOnboarding:AppSecret to the secret that the dashboard shows now, or finish the rotation there.", "the app id"),
        new("app_secret_left", "The previous app secret is still configured, and the time until which it counts is over.", "Take WhatsAppOnboarding:PreviousAppSecret and PreviousAppSecretUntil out.", "until when it counted", Breaks: false),
        new("meta_refused", "Meta refused to say how the app is set up.", "Look up the reason in docs/errors.md, and the log for what Meta's error means.", "Meta's code"),
        new("meta_elsewhere", "The Graph API that is configured is not Meta's.", "Take WhatsAppOnboarding:GraphBaseAddress and AllowOtherMetaHosts out, unless this host is a trial.", "the address", Breaks: false),
        new("graph_version_ended", "The Graph API version that is configured has ended.", "Set WhatsAppOnboarding:GraphApiVersion to a newer version.", "version and day"),
        new("graph_version_ends", "The Graph API version that is configured ends within 90 days.", "Set WhatsAppOnboarding:GraphApiVersion to a newer version.", "version and day", Breaks: false),
        new("graph_version_unknown", "This library does not know the Graph API version that is configured: neither what it changes nor when it ends.", "Set WhatsAppOnboarding:GraphApiVersion to one that this release names, or update the library.", "the version", Breaks: false),
        new("meta_date_over", "Something at Meta that this host uses has ended; the finding says what.", "As the finding says; all dates: the table of Meta's dates.", "the day"),
        new("meta_date_near", "Something at Meta that this host uses ends within 90 days; the finding says what.", "As the finding says; all dates: the table of Meta's dates.", "the day", Breaks: false),
        new("configuration_missing", "No Facebook Login for Business configuration is named, so Meta's signup window cannot be opened and new customers cannot make a WhatsApp account on the way.", "Make one in App Dashboard > Facebook Login for Business > Configurations and set WhatsAppOnboarding:ConfigurationId.", Breaks: false),
        new("permissions_not_asked", "The login does not ask for a permission that the library needs.", "Add it to WhatsAppOnboarding:Scopes, or leave the list out.", "the permissions"),
        new("connects_refused", "Attempts of the last seven days failed because of the app or its settings, not because of the person.", "Look up the reason in docs/errors.md; Meta's code of each attempt is in its steps.", "how many attempts"),
        new("redirect_not_https", "Meta sends a browser back only to an https address.", "Set WhatsAppOnboarding:PublicOrigin, or RedirectUri, to the https address that is listed in the app's valid OAuth redirect URIs.", "the redirect URI"),
        new("redirect_elsewhere", "The browser comes back from Meta to a host that is neither this one nor in AllowedOrigins, so its cookie is not there and the connect is refused.", "Let WhatsAppOnboarding:RedirectUri begin with PublicOrigin, or add its origin to AllowedOrigins if your front end is there.", "the redirect URI"),
        new("redirect_not_mapped", "The browser comes back from Meta to a path that this host does not have.", "Set WhatsAppOnboarding:RedirectUri to where the callback is really mapped, with its prefix.", "the redirect URI"),
        new("webhooks_token_missing", "There is no verify token, so this host refuses every handshake.", "Set WhatsAppOnboarding:WebhookVerifyToken to a random text of at least 32 characters."),
        new("webhooks_unreachable", "Meta cannot call the webhook address: it calls https addresses that are reached from outside.", "Set WhatsAppOnboarding:PublicOrigin to where this host is reached from outside by https.", "the address"),
        new("webhooks_not_set", "The app has no webhook address for WhatsApp: nothing arrives.", Apply, "the address that is needed"),
        new("webhooks_elsewhere", "Meta sends the webhooks to another address than this host's.", $"{Apply} If the other address is the right one, set WhatsAppOnboarding:PublicOrigin and Paths:Webhooks to it.", "where they go"),
        new("webhooks_not_sent", "Meta has the webhook address but sends nothing to it.", $"{Apply} Meta then checks the address and sends again."),
        new("webhooks_fields_missing", "Webhook fields that the library needs do not come.", Apply, "the fields"),
        new("webhooks_version_old", "Webhook fields come in a Graph API version that has ended, or ends within 90 days.", $"Choose a newer version for them in {Dashboard} > Webhook fields.", "version and day", Breaks: false),
        new("handshake_refused", "At the public webhook address somebody answers who does not know this host's verify token: another deployment, or a node with other settings.", "Give every node and deployment behind the address the same WhatsAppOnboarding:WebhookVerifyToken; then apply the set-up again.", "the HTTP status"),
        new("handshake_wrong_answer", "The public webhook address does not answer Meta's handshake with its challenge.", "See that app.MapWhatsAppWebhooks() is called and that no page, sign-in or firewall answers in its place.", "the HTTP status"),
        new("handshake_redirected", "The public webhook address redirects, and Meta does not follow.", "Set WhatsAppOnboarding:PublicOrigin to the address that is redirected to, or end the redirect for the webhook path.", "the HTTP status"),
        new("handshake_unreachable", "The public webhook address was not reached from here.", Outside, "why"),
        new("handshake_slow", "The public webhook address took more than five seconds for Meta's handshake.", Outside, "how long", Breaks: false),
        new("handlers_missing", "No webhook handler is added in this host: what customers write is taken from Meta and gone.", "Call AddWebhookHandler<T>() behind AddWhatsAppOnboarding(), unless another host works off what is taken here.", Breaks: false),
        new("keys_not_persisted", "The Data Protection keys are not kept by configuration: when they are lost every account must connect again, and no two nodes have the same.", "Call AddDataProtection().PersistKeysTo…() with a place that all nodes share, and back it up."),
        new("keys_bound_to_folder", "The Data Protection keys serve only an app in this folder: a node or deployment with another one opens nothing that was sealed here.", "Call AddDataProtection().SetApplicationName(…) with the same name on all nodes. What is sealed already opens no more after that, so do it before the first account connects.", Breaks: false),
        new("keys_in_the_clear", "The Data Protection keys are kept in the clear: who reads them and the database has every account's token.", "Call ProtectKeysWith…() behind AddDataProtection(), for example with a certificate.", Breaks: false),
        new("keys_unreadable", "Data Protection keys cannot be read on this node, such as for want of the certificate that protects them.", "Give this node what the keys are protected with, or the right to read where they are kept.", "the key's id"),
        new("keys_ending", "The Data Protection keys end within 30 days, and no new one is made by itself.", "Make a new key, or leave DisableAutomaticKeyGeneration() out on one node.", "when"),
        new("tokens_unreadable", "Tokens of accounts do not open with the keys of this node: they were sealed with keys that it does not have.", "Give all nodes the same Data Protection keys and application name, or restore the lost keys; else these accounts connect again.", "how many of the numbers looked at"),
        new("clock_off", "The clock of this host and Meta's differ by more than two minutes.", "Let a time service set the clock.", "by how much"),
        new("store_unreachable", "The stores could not be read.", "Look at the log for why (1650), and at the database."),
        new("stores_in_memory", "Numbers and tokens are kept in memory and are gone with this process.", "Add a store, for example AddEntityFrameworkStores<TContext>()."),
        new("stores_mixed", "Some stores are durable and others are in memory.", "Register all of them, for example with AddEntityFrameworkStores<TContext>()."),
        new("migrations_pending", "The database lacks migrations of the host's context.", "Apply them, for example with dotnet ef database update, before this version serves.", "their names"),
        new("numbers_unproved", "A backup was restored, and Meta has not proved numbers since: nothing is sent with them or delivered of them.", "See that nodes run, reach Meta and have the Data Protection keys of the backup; then wait. Accounts whose numbers stay so connect again.", "how many"),
        new("inbox_full", "So much waits in the inbox of webhooks that further deliveries are turned away, and stay at Meta meanwhile.", "See that nodes run with their hosted services and reach the database, and look in the log for handlers that fail or hang (1530); then more nodes, quicker handlers, or a higher WhatsAppOnboarding:Webhooks:MaxBacklog.", "how many deliveries, and how long the oldest has waited"),
        new("inbox_late", "What Meta delivered waits for more than a minute in the inbox before it is worked.", "See that nodes run with their hosted services, and are enough; quicker handlers help most.", "how many deliveries, and how long the oldest has waited"),
        new("webhooks_parked", "Webhook items are parked: a handler failed on them too often.", "Mend the handler, then replay or discard them (IWhatsAppOperator.ReplayParkedAsync).", "how many, and since when", Breaks: false),
        new("events_parked", "Account events are parked: a handler failed on them too often.", "Mend the handler, then replay or discard them (IWhatsAppOperator.ReplayParkedEventAsync).", "how many, and since when", Breaks: false),
        new("events_late", "Account events have waited for a quarter of an hour or more: no node hands them out.", "See that a node runs and that its hosted services were started.", "of how many accounts"),
        new("upkeep_stopped", "Upkeep does not run on this node.", "Start the host with its hosted services, and look at the log for why it stopped."),
        new("upkeep_overdue", "Accounts have been due for more than an hour, and no node looked after them.", "See that nodes run, reach Meta and the database, and are enough for the number of accounts.", "how many of the accounts looked at"),
        new("query_strings_logged", "The request log writes query strings, in which Meta sends codes.", "Set Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics to Warning.", Breaks: false),
        new("examination_cut_short", "A part of the examination broke or took too long.", "Look at the log for why (1650), then examine again.", "the part", Breaks: false),
    ];

    public static Diagnosis Find(string code) => All.First(row => row.Code == code);

    /// <summary>Where a finding comes in a list: what does not work first, then as in the table.</summary>
    public static int PlaceOf(Finding finding)
    {
        var row = Find(finding.Code);
        return (row.Breaks ? 0 : All.Count) + All.Index().First(one => one.Item == row).Index;
    }

    /// <summary>What the findings together say of a host.</summary>
    public static HealthStatus StatusOf(IReadOnlyCollection<Finding> findings) =>
        findings.Count == 0 ? HealthStatus.Healthy
        : findings.Any(finding => Find(finding.Code).Breaks) ? HealthStatus.Unhealthy
        : HealthStatus.Degraded;
}
