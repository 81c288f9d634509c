using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>After the commit of an attempt the host is told, holders of a shared number are told, and the books are checked.</summary>
internal sealed partial class ConnectNotices(
    NumberAuthority numbers, AccountEventDelivery events, ConsistencyCheck consistency, ILogger<ConnectNotices> logger)
{
    /// <summary>Nothing that happens in here changes the outcome, which is recorded by now.</summary>
    public async Task SendAsync(ConnectAttempt attempt, PhoneNumberWrite write)
    {
        try
        {
            await SendCoreAsync(attempt, write).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogBroke(exception, attempt.AccountId.ToString());
        }
    }

    private async Task SendCoreAsync(ConnectAttempt attempt, PhoneNumberWrite write)
    {
        List<AccountId> concerned = [attempt.AccountId];
        try
        {
            concerned.AddRange(await numbers.NoteSharedAsync(write.After.OfGeneration(attempt.Generation)).ConfigureAwait(false));
        }
        finally
        {
            await events.DeliverAsync(concerned).ConfigureAwait(false);
        }

        foreach (var violation in await consistency.CheckAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false))
            LogInconsistent(attempt.AccountId.ToString(), violation.Code, violation.Subject, violation.Message);
    }

    [LoggerMessage(1331, LogLevel.Error, "Account {Account} is connected, but not everybody could be told of it yet")]
    private partial void LogBroke(Exception exception, string account);

    [LoggerMessage(1330, LogLevel.Error, "Account {Account} is inconsistent ({Code}, number {Number}): {Text}")]
    private partial void LogInconsistent(string account, string code, string? number, string? text);
}
