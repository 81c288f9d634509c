using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class ContractTests
{
    public static TheoryData<DatabaseKind, HostKind> Hosts => new MatrixTheoryData<DatabaseKind, HostKind>(Enum.GetValues<DatabaseKind>(), Enum.GetValues<HostKind>());

    [Theory, MemberData(nameof(Hosts))]
    public async Task Stores_keep_their_contract_in_every_kind_of_host(DatabaseKind database, HostKind kind)
    {
        await using var host = await TestHost.StartAsync(database, kind);

        await PhoneNumberStoreContract.CheckAsync(host.Services, host.CreateAccountAsync);
        await ConnectAttemptStoreContract.CheckAsync(host.Services);
        await ReleaseLogContract.CheckAsync(host.Services);
        await NumberBudgetContract.CheckAsync(host.Services);
        await WebhookLedgerContract.CheckAsync(host.Services);
    }
}
