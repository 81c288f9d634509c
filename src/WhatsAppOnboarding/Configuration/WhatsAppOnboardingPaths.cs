namespace WhatsAppOnboarding;

/// <summary>The library's routes and the host's two pages. Each starts with a slash.</summary>
public sealed class WhatsAppOnboardingPaths
{
    /// <summary>Starts a connect. Default <c>/api/integrations/whatsapp/connect</c>.</summary>
    public string Connect { get; set; } = "/api/integrations/whatsapp/connect";

    /// <summary>Takes a code from a front end. Default <c>/api/integrations/whatsapp/oauth</c>.</summary>
    public string OAuth { get; set; } = "/api/integrations/whatsapp/oauth";

    /// <summary>Where Meta sends the browser back. Default <c>/integrations/whatsapp/callback</c>.</summary>
    public string Callback { get; set; } = "/integrations/whatsapp/callback";

    /// <summary>What the account may know of its connection. Default <c>/api/integrations/whatsapp/status</c>.</summary>
    public string Status { get; set; } = "/api/integrations/whatsapp/status";

    /// <summary>What the account must do now and soon. Default <c>/api/integrations/whatsapp/attention</c>.</summary>
    public string Attention { get; set; } = "/api/integrations/whatsapp/attention";

    /// <summary>Disconnects. Default <c>/api/integrations/whatsapp/disconnect</c>.</summary>
    public string Disconnect { get; set; } = "/api/integrations/whatsapp/disconnect";

    /// <summary>What became of an attempt; its id follows after a slash. Default <c>/api/integrations/whatsapp/attempts</c>.</summary>
    public string Attempts { get; set; } = "/api/integrations/whatsapp/attempts";

    /// <summary>Chooses among the granted numbers. Default <c>/api/integrations/whatsapp/choose</c>.</summary>
    public string Choose { get; set; } = "/api/integrations/whatsapp/choose";

    /// <summary>Does a step that is open for a number, such as registering it. Default <c>/api/integrations/whatsapp/steps</c>.</summary>
    public string Steps { get; set; } = "/api/integrations/whatsapp/steps";

    /// <summary>Shows the PIN that was set for a number. Default <c>/api/integrations/whatsapp/pin</c>.</summary>
    public string Pin { get; set; } = "/api/integrations/whatsapp/pin";

    /// <summary>The module with the <c>whatsapp-connect</c> element. Default <c>/integrations/whatsapp/whatsapp-connect.js</c>.</summary>
    public string Component { get; set; } = "/integrations/whatsapp/whatsapp-connect.js";

    /// <summary>The module with the <c>whatsapp-attention</c> element. Default <c>/integrations/whatsapp/whatsapp-attention.js</c>.</summary>
    public string AttentionComponent { get; set; } = "/integrations/whatsapp/whatsapp-attention.js";

    /// <summary>The page behind setup and reconnect links; the secret of the link follows after a slash. Default <c>/whatsapp/link</c>.</summary>
    public string Links { get; set; } = "/whatsapp/link";

    /// <summary>Meta's handshake and deliveries. Default <c>/webhooks/whatsapp</c>.</summary>
    public string Webhooks { get; set; } = "/webhooks/whatsapp";

    /// <summary>Meta's word that a person took back what was granted. Default <c>/webhooks/whatsapp/deauthorize</c>.</summary>
    public string Deauthorize { get; set; } = "/webhooks/whatsapp/deauthorize";

    /// <summary>
    /// Meta's word that a person asks for their data to be deleted; the status page follows after a slash. Default <c>/webhooks/whatsapp/data-deletion</c>.
    /// </summary>
    public string DataDeletion { get; set; } = "/webhooks/whatsapp/data-deletion";

    /// <summary>The host's page after a connect. Default <c>/dashboard</c>.</summary>
    public string Dashboard { get; set; } = "/dashboard";

    /// <summary>The host's page on which people connect, and read what went wrong. Default <c>/onboarding/whatsapp</c>.</summary>
    public string Onboarding { get; set; } = "/onboarding/whatsapp";
}
