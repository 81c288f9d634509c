namespace WhatsAppOnboarding.Configuration;

/// <summary>What the authority needs of the host's configuration.</summary>
internal sealed class AuthorityOptions
{
    public SharedNumbersPolicy SharedNumbers { get; set; }
}
