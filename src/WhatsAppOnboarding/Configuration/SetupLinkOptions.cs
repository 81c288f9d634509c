namespace WhatsAppOnboarding;

/// <summary>The page behind setup and reconnect links, which <c>MapWhatsAppLinks()</c> maps.</summary>
public sealed class SetupLinkOptions
{
    /// <summary>What the service is called that asks for the connection: the page names it. Required for links.</summary>
    public string? ServiceName { get; set; }

    /// <summary>
    /// A style sheet of the host's own for the page: a path, or an https address. It best sets the custom properties of the web component, such as
    /// <c>--whatsapp-connect-accent</c>, and <c>--whatsapp-connect-page</c> for the ground. Default: none.
    /// </summary>
    public string? StyleSheet { get; set; }

    /// <summary>Origins, such as <c>https://www.example.com</c>, that the page may lead back to besides the host's own. Default: none.</summary>
    public IList<string> AllowedReturnOrigins { get; } = [];

    /// <summary>How many links of one account may wait to be used at the same time. Default 100.</summary>
    public int MaxOpen { get; set; } = 100;
}
