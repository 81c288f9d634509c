using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace WebHost.Pages.Operator;

/// <summary>For whoever runs the service: which secrets are in use, and whether one is being exchanged. Never the secrets.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class RotationModel(IKeyManager keys, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time) : PageModel
{
    public IReadOnlyList<KeyView> Keys { get; private set; } = [];

    public DateTimeOffset? PreviousUntil => options.CurrentValue.PreviousAppSecretUntil;

    public bool HasSecondVerifyToken => options.CurrentValue.SecondWebhookVerifyToken is not null;

    public void OnGet()
    {
        var now = time.GetUtcNow();
        var known = keys.GetAllKeys().OrderByDescending(key => key.ActivationDate).ToArray();
        var current = known.FirstOrDefault(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now);
        Keys =
        [
            .. known.Select(key => new KeyView(
                key.KeyId,
                key == current ? "Seals now" : key.IsRevoked ? "Revoked" : key.ActivationDate > now ? "To come" : "Only opens",
                key.ActivationDate,
                key.ExpirationDate)),
        ];
    }

    public sealed record KeyView(Guid Id, string State, DateTimeOffset From, DateTimeOffset To);
}
