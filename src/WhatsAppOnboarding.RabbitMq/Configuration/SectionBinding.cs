using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.RabbitMq.Configuration;

/// <summary>Reads the section before whatever code sets.</summary>
internal sealed class SectionBinding(IConfiguration configuration) : IConfigureOptions<RabbitMqOptions>
{
    public void Configure(RabbitMqOptions options) => configuration.GetSection(RabbitMqOptionsValidator.Section).Bind(options);
}
