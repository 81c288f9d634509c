using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>A process that dies right after the save: what is to be done at Meta is part of it.</summary>
public sealed class SavedStepsTests
{
    [Theory]
    [InlineData("unregistered", "register: pending")]
    [InlineData("unverified", "verify: code_needed")]
    [InlineData("in the app", "sync_contacts: pending, sync_history: pending")]
    public async Task What_is_to_be_done_is_saved_with_the_number_and_attempt_and_status_agree(string shape, string open)
    {
        var life = new OneWrite();
        await using var number = await ANumber.StartAsync(
            made => (shape switch { "unregistered" => ANumber.Unregistered, "unverified" => ANumber.Unverified, _ => (Action<EmulatedNumber>)ANumber.OnBusinessApp })(made),
            setup => setup.Services.AddScoped<IPhoneNumberStore>(provider =>
                new MortalStore(ActivatorUtilities.CreateInstance<InMemoryPhoneNumberStore>(provider), life)));

        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.OpenAsync()).ShouldBe(open.Split(", "));
        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBe(shape == "in the app");
        life.IsOver = false;
        var step = (await number.StatusAsync()).GetProperty("openSteps")[0].GetProperty("step").GetString()!;
        if (step != "verify")
            (await number.StepAsync(step)).ShouldBe("ok");
    }

    /// <summary>Over after the first write that changed something.</summary>
    private sealed class OneWrite
    {
        public bool? IsOver { get; set; }
    }

    private sealed class MortalStore(InMemoryPhoneNumberStore store, OneWrite life) : IPhoneNumberStore
    {
        public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken) => store.ReadAsync(account, cancellationToken);

        public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken) => store.FindHeldAsync(query, cancellationToken);

        public Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
            store.TakeDueAsync(now, until, max, cancellationToken);

        public Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken) => store.PostponeAsync(account, until, cancellationToken);

        public Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken) => store.MarkUnprovedAsync(at, cancellationToken);

        public Task<int> CountUnprovedAsync(CancellationToken cancellationToken) => store.CountUnprovedAsync(cancellationToken);

        public async Task<PhoneNumberWrite> WriteAsync(
            AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken)
        {
            if (life.IsOver is true)
                throw new IOException("The process is dead.");
            var write = await store.WriteAsync(account, change, also, cancellationToken);
            life.IsOver ??= true;
            return write;
        }

        public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => store.EraseAsync(account, cancellationToken);
    }
}
