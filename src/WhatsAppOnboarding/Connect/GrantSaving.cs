using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 4: all numbers and the derived reference in one commit, or nothing.</summary>
internal sealed partial class GrantSaving(
    NumberAuthority numbers, AttemptRecords attempts, NumberSealing protection, TimeProvider time, ILogger<GrantSaving> logger)
{
    /// <summary>The account before anything is listed, by which an older listing can be told from a newer connect without a clock; null when it cannot be read.</summary>
    public async Task<AccountPhoneNumbers?> ReadBeforeAsync(ConnectRun run)
    {
        try
        {
            return await numbers.ReadAsync(run.Account, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogUnread(exception, run.Account.ToString());
            return null;
        }
    }

    public Task<StepResult<PhoneNumberWrite>> RunAsync(ConnectRun run, ListedGrant listed) =>
        run.Journal.RunAsync(StepNames.Save, null, _ => SaveAsync(run, listed), CancellationToken.None);

    private async Task<StepResult<PhoneNumberWrite>> SaveAsync(ConnectRun run, ListedGrant listed)
    {
        try
        {
            if (!await IsStillWantedAsync(run.Attempt).ConfigureAwait(false))
                return new StepResult<PhoneNumberWrite>(ErrorCodes.Interrupted);

            var tokens = listed.Numbers.ToDictionary(
                pair => pair.Number.Id, pair => protection.Seal(listed.Grant.Token, run.Account, pair.Number.Id));
            var change = new GrantChange(listed, run.Attempt.Generation, tokens, number => protection.Seal(listed.Grant.Token, run.Account, number));
            var write = await numbers.WriteAsync(
                run.Account, account => IsFresh(run.Attempt) ? change.Apply(account) : [], CancellationToken.None).ConfigureAwait(false);
            if (!write.Saved)
                return new StepResult<PhoneNumberWrite>(ErrorCodes.NumberTaken);
            return await StandsAsync(run, write.After).ConfigureAwait(false)
                ? new StepResult<PhoneNumberWrite>(write)
                : await TakeBackAsync(run.Attempt).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogFailed(exception, run.Account.ToString());
            return await FindSavedAsync(run.Attempt).ConfigureAwait(false) is { } saved
                ? new StepResult<PhoneNumberWrite>(new PhoneNumberWrite { Before = saved, After = saved })
                : new StepResult<PhoneNumberWrite>(ErrorCodes.SaveFailed);
        }
    }

    /// <summary>An attempt that was erased with its account, or was told to have broken off, must save nothing any more.</summary>
    private async Task<bool> IsStillWantedAsync(ConnectAttempt attempt) =>
        await attempts.FindAsync(attempt.AccountId, attempt.Id, CancellationToken.None).ConfigureAwait(false) is { Outcome: null }
        && IsFresh(attempt);

    /// <summary>
    /// Whether what is saved is what everybody is told. When it took so long that somebody may be about to end the attempt for us, its end is stored before it is
    /// believed: of two ends the first stays, and whichever that is becomes true.
    /// </summary>
    private async Task<bool> StandsAsync(ConnectRun run, AccountPhoneNumbers saved)
    {
        if (await attempts.FindAsync(run.Account, run.Attempt.Id, CancellationToken.None).ConfigureAwait(false) is not { } stored)
            return false;
        if (stored.Outcome is null && IsFresh(run.Attempt))
            return true;
        if (stored.Outcome is null && AttemptView.OutcomeOf(saved, run.Attempt.Generation) is var (code, count))
        {
            stored = await attempts.UpdateAsync(
                run.Attempt with { EndedAt = time.GetUtcNow(), Outcome = code, PhoneCount = count, Steps = run.Journal.Steps, UndoAt = null }, CancellationToken.None).ConfigureAwait(false);
        }

        return AttemptView.IsSaved(stored.Outcome);
    }

    private bool IsFresh(ConnectAttempt attempt) => time.GetUtcNow() - attempt.ClaimedAt < AttemptReader.ClaimLife;

    /// <summary>The save came too late: the account was erased, or somebody was told meanwhile that the attempt broke off.</summary>
    private async Task<StepResult<PhoneNumberWrite>> TakeBackAsync(ConnectAttempt attempt)
    {
        var now = time.GetUtcNow();
        await numbers.WriteAsync(
            attempt.AccountId,
            account => [.. account.OfGeneration(attempt.Generation).Where(number => number.IsHeld)
                .Select(number => number.Disconnected(DisconnectReasons.Interrupted, now))],
            CancellationToken.None).ConfigureAwait(false);
        if (await attempts.FindAsync(attempt.AccountId, attempt.Id, CancellationToken.None).ConfigureAwait(false) is null)
            await numbers.EraseAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false);
        return new StepResult<PhoneNumberWrite>(ErrorCodes.Interrupted);
    }

    /// <summary>The account when the save went through although it looked otherwise.</summary>
    private async Task<AccountPhoneNumbers?> FindSavedAsync(ConnectAttempt attempt)
    {
        try
        {
            var account = await numbers.ReadAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false);
            return account.OfGeneration(attempt.Generation).Length > 0 ? account : null;
        }
        catch (Exception exception)
        {
            LogFailed(exception, attempt.AccountId.ToString());
            return null;
        }
    }

    [LoggerMessage(1320, LogLevel.Error, "Saving the numbers of account {Account} failed")]
    private partial void LogFailed(Exception exception, string account);

    [LoggerMessage(1325, LogLevel.Warning, "Account {Account} could not be read before its grant was listed, so no number is taken for gone by this connect")]
    private partial void LogUnread(Exception exception, string account);
}

/// <summary>What a grant changes in an account: pure, and harmless when it is applied twice.</summary>
internal sealed record GrantChange(
    ListedGrant Listed, Guid Generation, IReadOnlyDictionary<PhoneNumberId, SealedSecret> Tokens, Func<PhoneNumberId, SealedSecret> Seal)
{
    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        // The commit that this change is repeated for went through after all.
        if (account.Numbers.Any(number => number.Generation == Generation))
            return [];

        var granted = Listed.Numbers.Select((pair, order) => Connect(account, pair.Waba, pair.Number, order)).ToArray();
        var others = account.Numbers.Where(number => !Tokens.ContainsKey(number.PhoneNumberId));
        return [.. granted, .. others.Select(Leave).OfType<PhoneNumber>()];
    }

    /// <summary>With what is to be done at Meta next, so that whoever finds it after a crash knows.</summary>
    private PhoneNumber Connect(AccountPhoneNumbers account, ListedWaba waba, NumberFacts listed, int order)
    {
        var saysCoexistence = Listed.SaysCoexistence && listed.MayHaveComeFromApp(account.Find(listed.Id));
        return NumberFinishing.Marked(account.Connected(Granted(waba, listed, order, saysCoexistence)), saysCoexistence, Listed.ConnectedAt);
    }

    private GrantedNumber Granted(ListedWaba waba, NumberFacts listed, int order, bool saysCoexistence) => new()
    {
        Facts = listed,
        WabaId = waba.Id,
        Order = order,
        Generation = Generation,
        Token = Tokens[listed.Id],
        TokenExpiresAt = Listed.Grant.Life.UsableUntil,
        GrantedBy = Listed.Grant.GrantedBy,
        InspectedAt = Listed.Grant.InspectedAt,
        ListedAt = Listed.ListedAt,
        ConnectedAt = Listed.ConnectedAt,
        SubscribedAt = waba.Subscription is { Succeeded: true } ? Listed.ConnectedAt : null,
        SaysCoexistence = saysCoexistence,
        OpenSteps = waba.Subscription is { Succeeded: false } failed ? [failed.ToOpenStep(StepNames.Subscribe, Listed.ConnectedAt)] : [],
        Findings = [.. Listed.Grant.Findings, .. Listed.Findings],
    };

    /// <summary>What becomes of a number that the grant did not show; null when nothing does.</summary>
    private PhoneNumber? Leave(PhoneNumber number)
    {
        var waba = Listed.Wabas.FirstOrDefault(waba => waba.Id == number.WabaId);
        var wabaShown = waba is { IsUnread: false };
        return number switch
        {
            // Its WABA could not be read, or not whole, or Meta's window spoke of other numbers: none of it says anything about it.
            { IsHeld: true } when waba is { IsUnread: true } || (waba is { Unknown: not null } && !IsShown(number)) || (Listed.Scope is GrantScope.Named && IsShown(number)) => null,

            // It was connected after this listing, which cannot know of it; neither may who chose from it.
            { IsHeld: true } when wabaShown && number.ConnectSequence > Listed.Since => null,

            // The WABA was listed whole, and the number was not in it or is not wanted any more.
            { IsHeld: true } when wabaShown => Gone(number, IsShown(number) ? DisconnectReasons.NotChosen : DisconnectReasons.GoneAtMeta),

            // The grant could have shown the WABA and did not, which says nothing about the older token.
            { IsHeld: true } when Listed.Scope is GrantScope.Whole && number.Findings.All(finding => finding.Code != Finding.Check) =>
                number.WithFinding(new Finding { Code = Finding.Check, At = Listed.ConnectedAt }),

            // It kept its token to leave a WABA that is in use again.
            { IsHeld: false, Token: not null } when Listed.Numbers.Any(pair => pair.Waba.Id == number.WabaId) => number.WithoutToken(),
            _ => null,
        };
    }

    /// <summary>Where no number of its WABA is connected, the app is still to leave that, with the token that has just listed it.</summary>
    private PhoneNumber Gone(PhoneNumber number, string reason) => Listed.Numbers.Any(pair => pair.Waba.Id == number.WabaId)
        ? number.Disconnected(reason, Listed.ConnectedAt)
        : (number with { Token = Seal(number.PhoneNumberId) }).Disconnected(reason, Listed.ConnectedAt, tokenKeptUntil: Listed.ConnectedAt + LeavingTransitions.TokenKept);

    private bool IsShown(PhoneNumber number) => Listed.Shown.Any(pair => pair.Number.Id == number.PhoneNumberId);
}
