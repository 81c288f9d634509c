using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Journey;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.AccountEvents;

public sealed class FailedEventTests
{
    [Fact]
    public async Task An_event_that_fails_with_a_reason_that_is_no_text_is_noted_as_failed_all_the_same()
    {
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, configure: setup => setup.Library += library => library.AddAccountEventHandler<NoText>());
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        await nodes[0].ConnectAsync("acme", waba);

        StoredEvent? failed = null;
        await Eventually.TrueAsync(
            async () => (failed = (await nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<StoredEvent>>(operations => operations.ListEventsAsync())).FirstOrDefault(one => one.Failures > 0)) is not null,
            "the failure is noted");

        failed!.Reason.ShouldNotBeNull().ShouldContain("InvalidOperationException: half � nothing  long xxx");
        failed.Reason.Length.ShouldBeLessThanOrEqualTo(1000);
    }

    private sealed class NoText : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"half \ud800 nothing \0 long {new string('x', 2000)}");
    }
}
