using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding;

/// <summary>Hands the Graph client its part of the configuration, and lets it see a change, such as a rotated secret, when the host's configuration reloads.</summary>
internal sealed class GraphConfiguration(IOptionsMonitor<WhatsAppOnboardingOptions> options, IEnumerable<IOptionsChangeTokenSource<WhatsAppOnboardingOptions>> sources)
    : IConfigureOptions<GraphOptions>, IOptionsChangeTokenSource<GraphOptions>
{
    public string? Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CompositeChangeToken([.. sources.Select(source => source.GetChangeToken())]);

    public void Configure(GraphOptions graph)
    {
        var current = options.CurrentValue;
        graph.AppId = current.AppId;
        graph.AppSecret = current.AppSecret;
        graph.Version = current.GraphApiVersion;
        graph.BaseAddress = current.GraphBaseAddress;
        graph.MediaHosts = [GraphOptions.MetaMediaHost, .. current.MediaHosts];
        graph.AttemptTimeout = current.GraphAttemptTimeout;
        graph.TotalTimeout = current.GraphTotalTimeout;
        graph.PhoneNumberFields = current.PhoneNumberFields ?? GraphOptions.DefaultPhoneNumberFields;
    }
}
