using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 4: all numbers and the derived reference in one commit, or nothing.</summary>
internal sealed partial class GrantSaving(
    NumberAuthority numbers, AttemptRecords attempts, TokenProtection protection, TimeProvider time, ILogger<GrantSaving> logger)
{
    public Task<StepResult<PhoneNumberWrite>> RunAsync(ConnectRun run, ListedGrant listed) =>
        run.Journal.RunAsync(AttemptSteps.Save, null, _ => SaveAsync(run, listed), CancellationToken.None);

    private async Task<StepResult<PhoneNumberWrite>> SaveAsync(ConnectRun run, ListedGrant listed)
    {
        try
        {
            if (!await IsStillWantedAsync(run.Attempt).ConfigureAwait(false))
                return new StepResult<PhoneNumberWrite>(ErrorCodes.Interrupted);

            var tokens = listed.Numbers.ToDictionary(
                pair => pair.Number.Id, pair => protection.Seal(listed.Grant.Token, run.Account, pair.Number.Id));
            var change = new GrantChange(listed, run.Attempt.Generation, tokens);
            var write = await numbers.WriteAsync(
                run.Account, account => IsFresh(run.Attempt) ? change.Apply(account) : [], CancellationToken.None).ConfigureAwait(false);
            if (!write.Saved)
                return new StepResult<PhoneNumberWrite>(ErrorCodes.NumberTaken);
            return await IsStillWantedAsync(run.Attempt).ConfigureAwait(false)
                ? new StepResult<PhoneNumberWrite>(write)
                : await TakeBackAsync(run.Attempt).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, run.Account.ToString());
            return await FindSavedAsync(run.Attempt).ConfigureAwait(false) is { } saved
                ? new StepResult<PhoneNumberWrite>(new PhoneNumberWrite(saved, saved, []))
                : new StepResult<PhoneNumberWrite>(ErrorCodes.SaveFailed);
        }
    }

    /// <summary>An attempt that was erased with its account, or was told to have broken off, must save nothing any more.</summary>
    private async Task<bool> IsStillWantedAsync(ConnectAttempt attempt) =>
        await attempts.FindAsync(attempt.AccountId, attempt.Id, CancellationToken.None).ConfigureAwait(false) is { Outcome: null }
        && IsFresh(attempt);

    private bool IsFresh(ConnectAttempt attempt) => time.GetUtcNow() - attempt.ClaimedAt < BrokenAttempts.ClaimLife;

    /// <summary>The save came too late: the account was erased, or somebody was told meanwhile that the attempt broke off.</summary>
    private async Task<StepResult<PhoneNumberWrite>> TakeBackAsync(ConnectAttempt attempt)
    {
        var now = time.GetUtcNow();
        await numbers.WriteAsync(
            attempt.AccountId,
            account => [.. SavedGrant.NumbersOf(account, attempt.Generation).Where(number => number.IsHeld)
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
            return SavedGrant.NumbersOf(account, attempt.Generation).Length > 0 ? account : null;
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, attempt.AccountId.ToString());
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1320, LogLevel.Error, "Saving the numbers of account {Account} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string account);
    }
}
