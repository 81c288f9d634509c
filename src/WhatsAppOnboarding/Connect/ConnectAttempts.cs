using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Finishes what a state began: with a code, with an end of Meta's popup that gave none, or with the choice that an attempt asked for.</summary>
internal sealed class ConnectAttempts(
    AttemptRunner runner, ConnectFlow flow, AttemptLimits limits, AttemptRecords records, NumberAuthority authority, WaitingGrants waitingGrants, LibraryMetrics metrics, TimeProvider time)
{
    public async Task<ConnectEnd> FinishAsync(ConnectState state, string code, ConnectHints hints, StoryGuard? guard = null)
    {
        var granted = new GrantedCode(code, state.RedirectUri is { } uri ? new Uri(uri) : null, hints, state.Expect, state.OnlyExpected);
        return await runner.RunAsync(
            Attempt(state, code),
            Guarded(guard, run => flow.RunAsync(run, granted)),
            () => state.LinkId is { } link ? limits.RefuseExchangeAsync(link) : limits.RefuseExchangeAsync(state.Account)).ConfigureAwait(false);
    }

    public Task<ConnectEnd> EndAsync(ConnectState state, EndWithoutCode ending, string language) => runner.RunAsync(Attempt(state, $"ending {ending.Code}"), run =>
    {
        run.Journal.Note(new AttemptStep { Step = StepNames.Signup, EndedAt = time.GetUtcNow(), Milliseconds = 0, Result = ending.Code, Detail = ending.Detail });
        metrics.ConnectAbandoned(state.Way, ending.Code, language);
        return Task.FromResult(new ConnectResult(ending.Code));
    });

    /// <summary>
    /// Takes the answer to a question that an attempt ended with. The answer is an attempt of its own, claimed like every other, so that of
    /// several answers one counts; the grant is wiped as soon as one is claimed.
    /// </summary>
    /// <param name="account">Whose attempt it is.</param>
    /// <param name="attemptId">The attempt that asked.</param>
    /// <param name="numbers">The numbers to connect; none gives the grant up.</param>
    /// <param name="disconnects">Whether connected numbers that are left out are to be disconnected; without it such a choice is refused and can be made again.</param>
    /// <param name="guard">Of a choice by a link: what lets it in. Numbers that it leaves out stay as they are.</param>
    public async Task<ConnectEnd> ChooseAsync(AccountId account, Guid attemptId, IReadOnlyCollection<PhoneNumberId> numbers, bool disconnects, StoryGuard? guard = null)
    {
        if (await records.FindAsync(account, attemptId).ConfigureAwait(false) is not { } asked)
            return new ConnectEnd(ErrorCodes.AttemptUnknown);
        if (asked.Outcome is null || (guard is null && ConnectWay.IsOfLink(asked.Way)))
            return new ConnectEnd(ErrorCodes.ChoiceOver);
        if (waitingGrants.Open(asked, time.GetUtcNow()) is { } waiting && numbers.Count > 0)
        {
            PhoneNumberId[] granted = [.. waiting.Numbers.Select(pair => pair.Number.Id)];
            if (numbers.Except(granted).Any())
                return new ConnectEnd(ErrorCodes.IdsNotGranted);
            if (!waiting.IsAsExpected(numbers))
                return new ConnectEnd(ErrorCodes.NumberUnexpected, asked);
            if (!disconnects && guard is null && await LeavesOutAsync(account, waiting.Since, granted.Except(numbers)).ConfigureAwait(false))
                return new ConnectEnd(ErrorCodes.ChoiceDisconnects, asked);
        }

        var mine = new ConnectAttempt
        {
            // A repeat looks for it by its id.
            Id = ChoiceOf(account, attemptId),
            StateHash = ChoiceHash(account, attemptId),
            CodeHash = StateBinding.HashOf(string.Join(' ', numbers.Select(number => number.ToString()).Order(StringComparer.Ordinal))),
            AccountId = account,
            Way = ConnectWay.Choice,
            Generation = Guid.NewGuid(),
            ClaimedAt = time.GetUtcNow(),
        };
        var end = await runner.RunAsync(mine, Guarded(guard, run => AnswerAsync(run, attemptId, numbers, guard is not null))).ConfigureAwait(false);
        return end.Code == ErrorCodes.StateUsed ? new ConnectEnd(ErrorCodes.ChoiceOver) : end;
    }

    /// <summary>The id of the attempt that answers what this one asked.</summary>
    public static Guid ChoiceOf(AccountId account, Guid asked) => new(Convert.FromHexString(ChoiceHash(account, asked)).AsSpan(0, 16));

    private static string ChoiceHash(AccountId account, Guid asked) => StateBinding.HashOf($"choice {account} {asked:N}");

    /// <summary>Whether one of these is connected and would be disconnected. Those that were connected after the question are not what it is about.</summary>
    private async Task<bool> LeavesOutAsync(AccountId account, long since, IEnumerable<PhoneNumberId> leftOut)
    {
        var read = await authority.ReadAsync(account, CancellationToken.None).ConfigureAwait(false);
        return leftOut.Any(number => read.Find(number) is { IsHeld: true } held && held.ConnectSequence <= since);
    }

    private ConnectAttempt Attempt(ConnectState state, string answer) => new()
    {
        Id = state.AttemptId,
        StateHash = StateBinding.HashOf(state.Id),
        CodeHash = StateBinding.HashOf(answer),
        AccountId = state.Account,
        Way = state.Way,
        Generation = Guid.NewGuid(),
        ClaimedAt = time.GetUtcNow(),
    };

    private static Func<ConnectRun, Task<ConnectResult>> Guarded(StoryGuard? guard, Func<ConnectRun, Task<ConnectResult>> story) =>
        guard is null ? story : run => guard(run, () => story(run));

    private async Task<ConnectResult> AnswerAsync(ConnectRun run, Guid attemptId, IReadOnlyCollection<PhoneNumberId> numbers, bool keepsOthers)
    {
        // Read after the claim: an account that was erased before it has nothing to choose any more.
        var asked = await records.FindAsync(run.Account, attemptId).ConfigureAwait(false);
        var waiting = asked is null ? null : waitingGrants.Open(asked, time.GetUtcNow());
        await records.WipeAsync(run.Account, attemptId).ConfigureAwait(false);
        if (waiting is null)
            return new ConnectResult(ErrorCodes.ChoiceOver);
        return numbers.Count == 0
            ? new ConnectResult(ErrorCodes.GivenUp)
            : await flow.ConnectAsync(run, WaitingGrants.Answered(waiting, numbers, keepsOthers)).ConfigureAwait(false);
    }
}

/// <summary>Stands before the story of a claimed attempt: runs it, or ends the attempt without it.</summary>
internal delegate Task<ConnectResult> StoryGuard(ConnectRun run, Func<Task<ConnectResult>> story);
