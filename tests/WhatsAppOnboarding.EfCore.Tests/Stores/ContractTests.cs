using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class ContractTests
{
    public static TheoryData<DatabaseKind, HostKind> Hosts => new MatrixTheoryData<DatabaseKind, HostKind>(Enum.GetValues<DatabaseKind>(), Enum.GetValues<HostKind>());

    [Theory, MemberData(nameof(Hosts))]
    public async Task Stores_keep_their_contract_in_every_kind_of_host(DatabaseKind database, HostKind kind)
    {
        await using var host = await TestHost.StartAsync(database, kind, more: kind is HostKind.Bare
            ? library => library.Services.AddScoped<IAccountWabaReferenceSync, StagedReferences>()
            : null);

        await StoreContract.CheckPhoneNumbersAsync(host.Services, host.CreateAccountAsync);
        await StoreContract.CheckConnectAttemptsAsync(host.Services);
        await StoreContract.CheckSetupLinksAsync(host.Services);
        await StoreContract.CheckMetaCallsAsync(host.Services);
        await StoreContract.CheckWebhookLedgerAsync(host.Services);
    }
}
