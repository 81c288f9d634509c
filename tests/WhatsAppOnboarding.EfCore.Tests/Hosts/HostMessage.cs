using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Hosts;

/// <summary>What a host keeps of a webhook.</summary>
public class HostMessage
{
    public long Id { get; set; }

    public string Handler { get; set; } = "";

    public string Key { get; set; } = "";

    public string Text { get; set; } = "";
}
