namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>What a host needs to test its own code without starting anything. This project sees no more of the library than a host does.</summary>
public sealed class HostTestTests
{
    [Fact]
    public async Task A_handler_of_account_events_is_tested_with_an_event_of_ones_own()
    {
        var handler = new LostNumbers();
        var number = PhoneNumberId.Parse("106000000000001");
        var gone = new AccountEvent { Kind = AccountEvent.Disconnected, AccountId = AccountId.Parse("acme"), At = DateTimeOffset.UnixEpoch, Numbers = [number], Reason = "gone_at_meta" };

        await handler.HandleAsync(gone, TestContext.Current.CancellationToken);
        await handler.HandleAsync(gone with { Kind = AccountEvent.Connected }, TestContext.Current.CancellationToken);

        handler.Lost.ShouldBe([(gone.AccountId, number, "gone_at_meta")]);
    }

    private sealed class LostNumbers : IAccountEventHandler
    {
        public List<(AccountId Account, PhoneNumberId Number, string? Reason)> Lost { get; } = [];

        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            if (accountEvent.Kind == AccountEvent.Disconnected)
                Lost.AddRange(accountEvent.Numbers.Select(number => (accountEvent.AccountId, number, accountEvent.Reason)));
            return Task.CompletedTask;
        }
    }
}
