using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

public class BrokenStoreTests
{
    [Fact]
    public async Task The_check_names_every_rule_that_a_store_breaks()
    {
        await using var provider = new ServiceCollection().AddScoped<IReleaseLog, ForgetfulLog>().BuildServiceProvider(validateScopes: true);

        var failure = await Should.ThrowAsync<StoreContractException>(() => ReleaseLogContract.CheckAsync(provider));

        failure.BrokenRules.Count.ShouldBe(3);
        failure.Message.ShouldStartWith("The IReleaseLog breaks 3 rule(s) of its contract:\n- a release is found from its very time on");
        failure.InnerException.ShouldNotBeNull();
    }

    private sealed class ForgetfulLog : IReleaseLog
    {
        public Task RecordAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyCollection<WabaId>> FindSinceAsync(
            IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyCollection<WabaId>>([]);

        public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
