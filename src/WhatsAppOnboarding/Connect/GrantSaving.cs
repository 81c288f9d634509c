using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 4: all numbers and the derived reference in one commit, or nothing.</summary>
internal sealed partial class GrantSaving(IPhoneNumberStore numbers, TokenProtection protection, ILogger<GrantSaving> logger)
{
    public Task<StepResult<PhoneNumberWrite>> RunAsync(ConnectRun run, ListedGrant listed) =>
        run.Journal.RunAsync("save", null, _ => SaveAsync(run, listed), CancellationToken.None);

    private async Task<StepResult<PhoneNumberWrite>> SaveAsync(ConnectRun run, ListedGrant listed)
    {
        try
        {
            var tokens = listed.Numbers.ToDictionary(
                pair => pair.Number.Id, pair => protection.Seal(listed.Grant.Token, run.Account, pair.Number.Id));
            var change = new GrantChange(listed, run.Attempt.Generation, tokens);
            var write = await numbers.WriteAsync(run.Account, change.Apply, CancellationToken.None).ConfigureAwait(false);
            return write.Saved ? new StepResult<PhoneNumberWrite>(write) : new StepResult<PhoneNumberWrite>(ErrorCodes.NumberTaken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.Failed(logger, exception, run.Account.ToString());
            return new StepResult<PhoneNumberWrite>(ErrorCodes.SaveFailed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1320, LogLevel.Error, "The numbers of account {Account} could not be saved; nothing was")]
        public static partial void Failed(ILogger logger, Exception exception, string account);
    }
}
