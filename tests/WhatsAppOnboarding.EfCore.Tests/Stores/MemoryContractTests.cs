using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class MemoryContractTests
{
    [Theory, InlineData("Allow"), InlineData("Refuse")]
    public async Task Stores_in_memory_keep_the_same_contract(string sharedNumbers)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("SharedNumbers", sharedNumbers)]).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddWhatsAppOnboarding(configuration);
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        await PhoneNumberStoreContract.CheckAsync(provider);
        await ConnectAttemptStoreContract.CheckAsync(provider);
        await ReleaseLogContract.CheckAsync(provider);
    }
}
