namespace WhatsAppOnboarding.Testing;

/// <summary>A signup popup that was opened.</summary>
/// <param name="Version">The version of <c>FB.init</c>.</param>
/// <param name="ConfigurationId">The <c>config_id</c> of <c>FB.login</c>.</param>
/// <param name="Origin">The origin of the page that opened it.</param>
/// <param name="Extras">The <c>extras</c> of <c>FB.login</c> as JSON; null when there were none.</param>
public sealed record OpenedPopup(string Version, string ConfigurationId, string Origin, string? Extras);
