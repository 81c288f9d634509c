using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class BrokenStoreTests
{
    [Fact]
    public async Task The_check_names_every_rule_that_a_store_breaks()
    {
        await using var provider = new ServiceCollection().AddScoped<IMetaCallLog, ForgetfulLog>().BuildServiceProvider(validateScopes: true);

        var failure = await Should.ThrowAsync<StoreContractException>(() => StoreContract.CheckMetaCallsAsync(provider));

        failure.BrokenRules.Count.ShouldBe(7);
        failure.Message.ShouldStartWith("The IMetaCallLog breaks 7 rule(s) of its contract:\n- calls are granted up to the limit");
        failure.InnerException.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_store_that_never_stages_the_copies_breaks_its_contract()
    {
        await using var provider = Build(services => services
            .AddScoped<IAccountWabaReferenceSync, StagedReferences>()
            .AddScoped<IPhoneNumberStore>(host => new InMemoryPhoneNumberStore(
                host.GetRequiredService<InMemoryPhoneNumbers>(), [], host.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>(), TimeProvider.System)));

        var failure = await Should.ThrowAsync<StoreContractException>(() => StoreContract.CheckPhoneNumbersAsync(provider));

        failure.BrokenRules.Single().ShouldStartWith("every copy that the host keeps changes with the reference");
    }

    [Fact]
    public async Task A_host_without_a_copy_cannot_prove_that_its_store_stages_them_and_is_told_how()
    {
        await using var provider = Build(_ => { });

        var failure = await Should.ThrowAsync<StoreContractException>(() => StoreContract.CheckPhoneNumbersAsync(provider));

        failure.BrokenRules.Single().ShouldEndWith("register an IAccountWabaReferenceSync for this check, such as StagedReferences");
    }

    [Fact]
    public async Task That_there_is_no_ledger_is_said_once()
    {
        await using var provider = Build(_ => { });

        var failure = await Should.ThrowAsync<StoreContractException>(() => StoreContract.CheckWebhookLedgerAsync(provider));

        failure.BrokenRules.ShouldBe(["there is one: the host registers no IWebhookLedger"]);
    }

    [Fact]
    public async Task What_a_store_wrote_is_forgotten_by_the_library_even_when_its_fate_is_unknown()
    {
        await using var provider = Build(services => services.AddScoped<IPhoneNumberStore>(_ => throw new IOException("The database is away.")));
        var numbers = provider.GetRequiredService<NumberAuthority>();

        var forgotten = new List<object?>();
        numbers.Written += forgotten.Add;

        await Should.ThrowAsync<IOException>(() => numbers.WriteAsync(AccountId.Parse("acme"), _ => []));
        await Should.ThrowAsync<IOException>(() => numbers.EraseAsync(AccountId.Parse("acme"), TestContext.Current.CancellationToken));

        forgotten.ShouldBe([null, null], "all of it");
    }

    private static ServiceProvider Build(Action<IServiceCollection> change)
    {
        var services = HostServices.Create();
        services.AddWhatsAppOnboarding(HostServices.Configuration());
        change(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class ForgetfulLog : IMetaCallLog
    {
        public Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<MetaCall>>([]);

        public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
