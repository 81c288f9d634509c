using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

[Collection(nameof(TheBroker))]
public sealed class IntakeContractTests
{
    [Fact]
    public async Task The_intake_keeps_the_contract()
    {
        await using var nodes = await BrokerNodes.StartAsync(configure: (setup, _) => setup.Services.AddSingleton<IWebhookWork, ObservedWork>());

        await StoreContract.CheckWebhookIntakeAsync(nodes.Nodes[0].App.Services, TestContext.Current.CancellationToken);
    }
}
