using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What an account may know of its attempts; one whose process died is told with an end.</summary>
internal sealed partial class AttemptReader(
    AttemptRecords attempts, NumberAuthority numbers, WaitingGrants waitingGrants, WhatsAppWords words, TimeProvider time, ILogger<AttemptReader> logger)
{
    /// <summary>Who claimed an attempt saves nothing any more after this, by its own clock.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(60);

    /// <summary>After this nobody works on it any more, whatever the clock of the node says that claimed it.</summary>
    public static readonly TimeSpan BrokenAfter = ClaimLife + NodeClocks.Apart;

    private const int MaxListed = 200;

    /// <summary>Whether the attempt has no end though whoever claimed it has given it up since, whatever the clock there says.</summary>
    public bool IsBroken(ConnectAttempt attempt) => attempt.Outcome is null && time.GetUtcNow() - attempt.ClaimedAt >= BrokenAfter;

    /// <summary>The attempt with its end, not stored yet. Nobody told it: if its numbers are there, it succeeded, whatever happened to who ran it.</summary>
    public async Task<ConnectAttempt> EndedAsync(ConnectAttempt attempt) =>
        Ended(attempt, await numbers.ReadAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false));

    private ConnectAttempt Ended(ConnectAttempt attempt, AccountPhoneNumbers account)
    {
        var outcome = AttemptView.OutcomeOf(account, attempt.Generation);
        foreach (var begun in outcome is null ? attempt.Steps.Where(step => step.Result == AttemptStep.Begun) : [])
            LogBegun(attempt.AccountId.ToString(), attempt.Id, begun.WabaId);
        var (code, count) = outcome ?? (ErrorCodes.Interrupted, 0);
        return attempt with { EndedAt = time.GetUtcNow(), Outcome = code, PhoneCount = count };
    }

    /// <summary>As whoever asks may see it: its account, or who has the link by which it began.</summary>
    public async Task<AttemptView?> FindAsync(AccountId account, Guid attemptId, CancellationToken cancellationToken, bool ofLink = false)
    {
        if (await attempts.FindAsync(account, attemptId, cancellationToken).ConfigureAwait(false) is not { } attempt)
            return null;
        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        return Read(IsBroken(attempt) ? await EndAsync(attempt, read).ConfigureAwait(false) : attempt, read).For(ofLink);
    }

    public async Task<IReadOnlyList<AttemptView>> ListAsync(AccountId account, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxListed);
        var listed = await attempts.ListAsync(account, max, cancellationToken).ConfigureAwait(false);
        var read = listed.Any(attempt => attempt.WaitingGrant is not null || IsBroken(attempt))
            ? await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false)
            : AccountPhoneNumbers.None(account);
        var views = new List<AttemptView>();
        foreach (var attempt in listed)
            views.Add(attempt.WaitingGrant is null ? View(IsBroken(attempt) ? await EndAsync(attempt, read).ConfigureAwait(false) : attempt) : Read(attempt, read).For(ofLink: false));
        return views;
    }

    /// <summary>With the numbers that it connected and those that can be chosen, from numbers that were read after its end.</summary>
    public AttemptView Read(ConnectAttempt attempt, AccountPhoneNumbers account)
    {
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
                        Named = grant.Named.Contains(pair.Number.Id),
                    })],
                }
                : null,
        };
    }

    /// <summary>
    /// What to do about the first step that is open, those without which a number cannot be used before others; else about what could not be read.
    /// </summary>
    private string? NextStepOf(PhoneNumber[] connected) => connected
        .SelectMany(number => number.OpenSteps)
        .OrderByDescending(step => StepTable.IsRequired(step.Step))
        .Select(step => words.OpenStep(step.Step, step.Code, step.MetaCode).Action)
        .Concat(connected.SelectMany(number => number.Findings).Where(finding => finding is { Code: Finding.WabaUnread, Reason: not null }).Select(finding => words.Unread(finding.Reason!).Action))
        .FirstOrDefault();

    /// <summary>What was told once must stay true, so the end is stored.</summary>
    private Task<ConnectAttempt> EndAsync(ConnectAttempt broken, AccountPhoneNumbers account) => attempts.UpdateAsync(Ended(broken, account), CancellationToken.None);

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
            Steps = [.. attempt.Steps.Where(step => step.Result != AttemptStep.Begun)],
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

    [LoggerMessage(1324, LogLevel.Warning, "Account {Account}: attempt {Attempt} died as it was about to subscribe the app to WABA {Waba}, of which it saved no number. Upkeep leaves it unless a number of it is held")]
    private partial void LogBegun(string account, Guid attempt, string? waba);
}
