using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class MemoryContractTests
{
    [Theory, InlineData("Allow"), InlineData("Refuse")]
    public async Task Stores_in_memory_keep_the_same_contract(string sharedNumbers)
    {
        var services = HostServices.Create();
        services.AddWhatsAppOnboarding(HostServices.Configuration(sharedNumbers));
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        await PhoneNumberStoreContract.CheckAsync(provider);
        await ConnectAttemptStoreContract.CheckAsync(provider);
        await ReleaseLogContract.CheckAsync(provider);
        await NumberBudgetContract.CheckAsync(provider);
    }
}
