using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>What the stores of a host hold of an account, with what only that host can open.</summary>
internal sealed record Books
{
    public required KeptNumber[] Numbers { get; init; }

    /// <summary>The newest first.</summary>
    public required KeptAttempt[] Attempts { get; init; }

    /// <summary>In their order.</summary>
    public required KeptEvent[] Events { get; init; }

    /// <summary>By the host's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    public bool Holds => Numbers.Any(number => number.IsHeld);

    public bool IsEmpty => Numbers.Length + Attempts.Length + Events.Length == 0;

    public static async Task<Books> ReadAsync(IServiceProvider services, AccountId account)
    {
        var pins = services.GetRequiredService<NumberSealing>();
        var read = await services.GetRequiredService<NumberAuthority>().ReadAsync(account);

        // Whoever looks at an attempt that died ends it.
        await services.GetRequiredService<IWhatsAppAccounts>().ListAttemptsAsync(account, 200);
        var attempts = await services.GetRequiredService<IConnectAttemptStore>().ListAsync(account, null, 200);
        var events = await services.GetRequiredService<IAccountEventStore>().ListAsync(account, null, parked: false, 1_000);
        return new Books
        {
            Numbers =
            [
                .. read.Numbers.Select(number => new KeptNumber(
                    number.PhoneNumberId.ToString(), number.WabaId.ToString(), number.IsHeld, number.Generation, [.. number.Pins.Select(pin => pins.Open(number, pin)?.Reveal()).OfType<string>()])),
            ],
            Attempts =
            [
                .. attempts.Select(attempt => new KeptAttempt(
                    attempt.Id, attempt.Generation, attempt.Outcome, attempt.ClaimedAt, attempt.UndoToken is not null || attempt.WaitingGrant is not null)),
            ],
            Events = [.. events.Select(stored => new KeptEvent(stored.Event.Id, stored.Event.Kind))],
            Now = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
    }

    public sealed record KeptNumber(string Id, string WabaId, bool IsHeld, Guid Generation, string[] Pins);

    public sealed record KeptAttempt(Guid Id, Guid Generation, string? Outcome, DateTimeOffset ClaimedAt, bool KeepsToken)
    {
        public bool SaysSaved => Outcome is "connected" or "incomplete";
    }

    public sealed record KeptEvent(Guid Id, string Kind);
}
