namespace WhatsAppOnboarding.Testing;

/// <summary>A signup popup that was opened.</summary>
public sealed record OpenedPopup
{
    /// <summary>The version of <c>FB.init</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The <c>config_id</c> of <c>FB.login</c>.</summary>
    public required string ConfigurationId { get; init; }

    /// <summary>The origin of the page that opened it.</summary>
    public required string Origin { get; init; }

    /// <summary>The <c>extras</c> of <c>FB.login</c> as JSON; null when there were none.</summary>
    public required string? Extras { get; init; }
}
