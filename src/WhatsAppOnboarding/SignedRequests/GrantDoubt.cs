using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.SignedRequests;

/// <summary>Somebody says that the access to some numbers of an account has ended: a hint, to be checked with the account's own token.</summary>
internal sealed partial class GrantDoubt(ILogger<GrantDoubt> logger)
{
    public Task RaiseAsync(AccountId account, IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Log.Doubted(logger, account.ToString(), numbers.Count);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1611, LogLevel.Warning, "Account {Account}: the person who granted access to {Count} numbers may have taken it back")]
        public static partial void Doubted(ILogger logger, string account, int count);
    }
}
