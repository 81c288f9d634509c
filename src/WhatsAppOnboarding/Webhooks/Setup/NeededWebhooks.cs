using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What this library needs of the app's webhooks.</summary>
internal sealed class NeededWebhooks(IOptionsMonitor<WhatsAppOnboardingOptions> options, IOptions<WhatsAppOnboardingOptions> atStart, PublicAddress host)
{
    private const string Apply = "Apply the set-up: IWhatsAppOperator.ApplyWebhookSetupAsync";

    public static IReadOnlyList<string> Fields { get; } = [.. WebhookField.All.Select(field => field.Name)];

    /// <summary>Where the route is was read at start, as the route itself was.</summary>
    public Uri Address => new(host.Origin + atStart.Value.Paths.Webhooks);

    /// <summary>What keeps Meta from taking the address, whatever is set up there.</summary>
    public IEnumerable<WebhookDifference> Obstacles()
    {
        if (string.IsNullOrEmpty(options.CurrentValue.WebhookVerifyToken))
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.VerifyTokenMissing,
                Message = "There is no verify token, so this host refuses every handshake.",
                Action = "Set WhatsAppOnboarding:WebhookVerifyToken to a random text of at least 32 characters.",
            };
        }

        var address = Address;
        if (options.CurrentValue.GraphBaseAddress.Host == "graph.facebook.com" && (address.Scheme != "https" || address.IsLoopback))
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.AddressUnreachable,
                Message = $"Meta cannot call {address}: it calls https addresses that are reached from outside.",
                Action = "Set WhatsAppOnboarding:PublicOrigin to where this host is reached from outside by https.",
            };
        }
    }

    /// <param name="effective">What is set up; null for nothing.</param>
    public IEnumerable<WebhookDifference> DifferencesOf(AppSubscription? effective)
    {
        if (effective is null)
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.NotSubscribed,
                Message = "The app has no webhook address for WhatsApp: nothing arrives, and no account can have an address of its own.",
                Action = $"{Apply}, or enter {Address} and the verify token in App Dashboard > WhatsApp > Configuration.",
            };
            yield break;
        }

        if (!Uri.TryCreate(effective.Address, UriKind.Absolute, out var address) || address != Address)
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.AddressDiffers,
                Message = $"Meta sends the webhooks to {effective.Address ?? "an address that it does not show"}, not to {Address}.",
                Action = $"{Apply}, or enter this host's address in App Dashboard > WhatsApp > Configuration. If the other address is the right one, set WhatsAppOnboarding:PublicOrigin and Paths:Webhooks to it.",
            };
        }

        if (effective.IsActive is false)
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.NotActive,
                Message = "Meta has the address but sends nothing to it.",
                Action = $"{Apply}; Meta then checks the address and sends again.",
            };
        }

        foreach (var field in Fields.Except(effective.Fields))
        {
            yield return new WebhookDifference
            {
                Code = WebhookDifference.FieldMissing,
                Message = $"The field {field} does not come.",
                Action = $"{Apply}, or subscribe {field} in App Dashboard > WhatsApp > Configuration > Webhook fields.",
                Field = field,
            };
        }
    }
}
