using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What all steps of one attempt share.</summary>
/// <param name="Attempt">The claimed attempt.</param>
/// <param name="Journal">Where the steps are written down.</param>
/// <param name="Deadline">Ends the calls to Meta well before other requests would take the attempt for broken off.</param>
internal sealed record ConnectRun(ConnectAttempt Attempt, AttemptJournal Journal, CancellationToken Deadline)
{
    public AccountId Account => Attempt.AccountId;

    public override string ToString() => $"attempt {Attempt.Id}";
}
