using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Takes the answer to a question that an attempt ended with. The answer is an attempt of its own, claimed like every other, so that of
/// several answers one counts; the grant is wiped as soon as one is claimed.
/// </summary>
internal sealed class ConnectChoice(
    AttemptRunner runner, ConnectFlow flow, AttemptRecords attempts, WaitingGrantProtection protection, TimeProvider time)
{
    /// <param name="account">Whose attempt it is.</param>
    /// <param name="attemptId">The attempt that asked.</param>
    /// <param name="numbers">The numbers to connect; none gives the grant up.</param>
    public async Task<ConnectEnd> ChooseAsync(AccountId account, Guid attemptId, IReadOnlyCollection<PhoneNumberId> numbers)
    {
        if (await attempts.FindAsync(account, attemptId).ConfigureAwait(false) is not { } asked)
            return new ConnectEnd(ErrorCodes.AttemptUnknown);
        if (asked.Outcome is null)
            return new ConnectEnd(ErrorCodes.ChoiceOver);
        if (protection.Open(asked, time.GetUtcNow()) is { } waiting && numbers.Except(waiting.Numbers.Select(pair => pair.Number.Id)).Any())
            return new ConnectEnd(ErrorCodes.IdsNotGranted);

        var mine = new ConnectAttempt
        {
            Id = Guid.NewGuid(),
            StateHash = Hashes.Of($"choice {account} {attemptId:N}"),
            CodeHash = Hashes.Of(string.Join(' ', numbers.Select(number => number.ToString()).Order(StringComparer.Ordinal))),
            AccountId = account,
            Way = ConnectWay.Choice,
            Generation = Guid.NewGuid(),
            ClaimedAt = time.GetUtcNow(),
        };
        var end = await runner.RunAsync(mine, run => RunAsync(run, attemptId, numbers)).ConfigureAwait(false);
        return end.Code == ErrorCodes.StateUsed ? new ConnectEnd(ErrorCodes.ChoiceOver) : end;
    }

    private async Task<ConnectResult> RunAsync(ConnectRun run, Guid attemptId, IReadOnlyCollection<PhoneNumberId> numbers)
    {
        // Read after the claim: an account that was erased before it has nothing to choose any more.
        var asked = await attempts.FindAsync(run.Account, attemptId).ConfigureAwait(false);
        var waiting = asked is null ? null : protection.Open(asked, time.GetUtcNow());
        await attempts.WipeAsync(run.Account, attemptId).ConfigureAwait(false);
        if (waiting is null)
            return new ConnectResult(ErrorCodes.ChoiceOver);
        return numbers.Count == 0
            ? new ConnectResult(ErrorCodes.Cancelled)
            : await flow.ConnectAsync(run, NumberQuestion.Answered(waiting, numbers)).ConfigureAwait(false);
    }
}
