using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What an account may know of its attempts; one whose process died is told with an end.</summary>
internal sealed class AttemptReader(AttemptRecords attempts, NumberAuthority numbers, WaitingGrants waitingGrants, WhatsAppWords words, TimeProvider time)
{
    /// <summary>A claim without an outcome for longer than this was broken off.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(60);

    private const int MaxListed = 200;

    public bool IsBroken(ConnectAttempt attempt) => attempt.Outcome is null && time.GetUtcNow() - attempt.ClaimedAt >= ClaimLife;

    /// <summary>The attempt with its end, not stored yet. Nobody told it: if its numbers are there, it succeeded, whatever happened to who ran it.</summary>
    public async Task<ConnectAttempt> EndedAsync(ConnectAttempt attempt)
    {
        var account = await numbers.ReadAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false);
        var (code, count) = AttemptView.OutcomeOf(account, attempt.Generation) ?? (ErrorCodes.Interrupted, 0);
        return attempt with { EndedAt = time.GetUtcNow(), Outcome = code, PhoneCount = count };
    }

    public async Task<AttemptView?> FindAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken)
    {
        if (await attempts.FindAsync(account, attemptId, cancellationToken).ConfigureAwait(false) is not { } attempt)
            return null;
        return await ReadAsync(await EndBrokenAsync(attempt).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<AttemptView>> ListAsync(AccountId account, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxListed);
        var listed = await attempts.ListAsync(account, max, cancellationToken).ConfigureAwait(false);
        var views = new List<AttemptView>();
        foreach (var attempt in listed)
            views.Add(View(await EndBrokenAsync(attempt).ConfigureAwait(false)));
        return views;
    }

    /// <summary>With the numbers that it connected and those that can be chosen.</summary>
    public async Task<AttemptView> ReadAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        var account = await numbers.ReadAsync(attempt.AccountId, cancellationToken).ConfigureAwait(false);
        PhoneNumber[] connected = [.. account.OfGeneration(attempt.Generation).OrderBy(number => number.GrantOrder)];
        var view = View(attempt);
        return view with
        {
            Action = (attempt.Outcome is AttemptView.Incomplete ? NextStepOf(connected) : null) ?? view.Action,
            Phones = [.. connected.Select(number => new AttemptNumber { Id = number.PhoneNumberId.ToString(), Display = number.DisplayPhone })],
            Choice = waitingGrants.Open(attempt, time.GetUtcNow()) is { } grant
                ? new ChoiceView
                {
                    Until = attempt.WaitsUntil!.Value,
                    Numbers = [.. grant.Numbers.Select(pair => new AttemptNumber
                    {
                        Id = pair.Number.Id.ToString(),
                        WabaId = pair.Waba.ToString(),
                        Display = pair.Number.DisplayPhoneNumber,
                        Name = pair.Number.VerifiedName,
                        Held = account.Find(pair.Number.Id) is { IsHeld: true },
                    })],
                }
                : null,
        };
    }

    /// <summary>What to do about the first step that is open, those without which a number cannot be used before others.</summary>
    private string? NextStepOf(IEnumerable<PhoneNumber> connected) => connected
        .SelectMany(number => number.OpenSteps)
        .OrderByDescending(step => StepTable.IsRequired(step.Step))
        .Select(step => words.OpenStep(step.Step, step.Code, step.MetaCode).Action)
        .FirstOrDefault();

    /// <summary>What was told once must stay true, so the end is stored.</summary>
    private async Task<ConnectAttempt> EndBrokenAsync(ConnectAttempt attempt) => IsBroken(attempt)
        ? await attempts.UpdateAsync(await EndedAsync(attempt).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false)
        : attempt;

    private AttemptView View(ConnectAttempt attempt)
    {
        var view = new AttemptView
        {
            AttemptId = attempt.Id,
            Way = attempt.Way,
            StartedAt = attempt.ClaimedAt,
            EndedAt = attempt.EndedAt,
            Outcome = attempt.Outcome,
            PhoneCount = attempt.PhoneCount,
            Steps = attempt.Steps,
        };
        if (attempt.Outcome is not { } outcome)
            return view;
        if (AttemptView.IsGood(outcome))
        {
            var (message, action) = words.Pair(WordKinds.Outcome, outcome);
            return view with { Message = message, Action = action };
        }

        var text = words.Error(outcome);
        var said = outcome is ErrorCodes.MetaRefused ? attempt.Steps.LastOrDefault(step => step.Result == outcome)?.MetaCode : null;
        return view with { Message = said is { } code ? $"{text.Message} {words.Text("step.meta_code", code)}" : text.Message, Action = text.Action, Retryable = text.Retryable };
    }
}
