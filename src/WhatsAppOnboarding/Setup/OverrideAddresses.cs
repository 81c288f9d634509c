using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Setup;

/// <summary>Which address of its own a WABA has, by the host's code alone.</summary>
internal sealed class OverrideAddresses(Func<WabaId, Uri?>? address)
{
    /// <summary>Whether the host has addresses of their own at all.</summary>
    public bool AreConfigured => address is not null;

    /// <summary>The WABA's address; null for the app's.</summary>
    /// <exception cref="InvalidOperationException">It is not one that Meta could call.</exception>
    public Uri? Of(WabaId waba) => address?.Invoke(waba) is not { } own ? null : IsFit(own) ? own : throw new InvalidOperationException(
        $"The address that UseWebhookOverride gives for WABA {waba} must be absolute, https unless it is this machine, and have at most {SubscriptionCalls.MaxAddressLength} characters.");

    private static bool IsFit(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) && address.AbsoluteUri.Length <= SubscriptionCalls.MaxAddressLength;
}
