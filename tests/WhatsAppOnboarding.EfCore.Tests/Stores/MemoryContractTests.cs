using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class MemoryContractTests
{
    [Theory, InlineData("Allow"), InlineData("Refuse")]
    public async Task Stores_in_memory_keep_the_same_contract(string sharedNumbers)
    {
        var services = HostServices.Create();
        services.AddWhatsAppOnboarding(HostServices.Configuration(sharedNumbers));
        services.AddScoped<IAccountWabaReferenceSync, StagedReferences>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        await StoreContract.CheckPhoneNumbersAsync(provider);
        await StoreContract.CheckConnectAttemptsAsync(provider);
        await StoreContract.CheckSetupLinksAsync(provider);
        await StoreContract.CheckMetaCallsAsync(provider);
    }
}
