namespace WhatsAppOnboarding.Graph;

/// <summary>What the Graph API client needs to know. The root of the library fills it in from the public options and has checked it by then.</summary>
internal sealed class GraphOptions
{
    /// <summary>Every field that this library reads of a number.</summary>
    public const string DefaultPhoneNumberFields =
        "id,display_phone_number,verified_name,quality_rating,status,code_verification_status,name_status,new_display_name,new_name_status,platform_type,account_mode,is_on_biz_app";

    /// <summary>The host that Meta names in the addresses of files.</summary>
    public const string MetaMediaHost = "lookaside.fbsbx.com";

    /// <summary>The Meta app's id.</summary>
    public string AppId { get; set; } = "";

    /// <summary>The Meta app's secret. Read anew for each call, so that a rotated one takes effect.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>The Graph API version, which stands first in each path.</summary>
    public string Version { get; set; } = "v25.0";

    /// <summary>The only address that is ever called.</summary>
    public Uri BaseAddress { get; set; } = new("https://graph.facebook.com");

    /// <summary>How long one attempt may take, body included.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one call may take with all its attempts and the pauses between them.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a safe call is repeated; 0 for never.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>The fields to ask of a number, comma-separated.</summary>
    public string PhoneNumberFields { get; set; } = DefaultPhoneNumberFields;

    /// <summary>How long it may take to send or load a file.</summary>
    public TimeSpan FileTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The hosts from which files are loaded, beside that of <see cref="BaseAddress"/>.</summary>
    public IReadOnlyCollection<string> MediaHosts { get; set; } = [MetaMediaHost];

    /// <summary>Whether a file may be loaded from an address: a token goes there, so it must be one of Meta's hosts by https, or where the Graph API itself is.</summary>
    public bool MayHoldFiles(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0 && MediaHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
        || (address.UserInfo.Length == 0 && address.GetLeftPart(UriPartial.Authority) == BaseAddress.GetLeftPart(UriPartial.Authority));
}
