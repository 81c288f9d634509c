using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Configuration;

/// <summary>Checks at start what addresses of their own need.</summary>
internal sealed class OverrideValidator : IValidateOptions<WhatsAppOnboardingOptions>
{
    public ValidateOptionsResult Validate(string? name, WhatsAppOnboardingOptions options) => string.IsNullOrEmpty(options.WebhookVerifyToken)
        ? ValidateOptionsResult.Fail("WhatsAppOnboarding:WebhookVerifyToken is missing, and UseWebhookOverride needs it: Meta repeats it to each address. Make a random one of at least 32 characters.")
        : ValidateOptionsResult.Success;
}
