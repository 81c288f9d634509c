using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class IntakeContractTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task The_inbox_keeps_the_contract_of_an_intake(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true, configure: setup => setup.Services.AddSingleton<IWebhookWork, ObservedWork>());

        await StoreContract.CheckWebhookIntakeAsync(inbox.Nodes[0].App.Services, TestContext.Current.CancellationToken);
    }
}
