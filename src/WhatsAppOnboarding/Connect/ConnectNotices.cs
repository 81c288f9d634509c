using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>After an attempt: it is measured; after a commit the host is told, holders of a shared number are told, and the books are checked.</summary>
internal sealed partial class ConnectNotices(
    NumberAuthority numbers, AccountEventSource events, ConsistencyCheck consistency, IMeterFactory meters, TimeProvider time, ILogger<ConnectNotices> logger)
{
    private readonly Histogram<double> _duration = meters.CreateLibraryMeter().CreateHistogram<double>(
        "whatsapp_onboarding.connect.duration", unit: "s", description: "How long attempts to connect took, by outcome.");

    public void Measure(string outcome, TimeSpan duration) => _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));

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
        var account = attempt.AccountId;
        var now = time.GetUtcNow();
        PhoneNumberId[] ids = [.. write.After.OfGeneration(attempt.Generation).Select(number => number.PhoneNumberId)];
        List<AccountEvent> happened =
        [
            new() { Kind = AccountEvent.Connected, AccountId = account, At = now, Numbers = ids },
            .. write.After.Numbers
                .Where(number => !number.IsHeld && write.Before.Find(number.PhoneNumberId) is { IsHeld: true })
                .GroupBy(number => number.DisconnectReason ?? DisconnectReasons.GoneAtMeta, number => number.PhoneNumberId)
                .Select(gone => new AccountEvent { Kind = AccountEvent.Disconnected, AccountId = account, At = now, Numbers = [.. gone], Reason = gone.Key }),
        ];
        try
        {
            happened.AddRange(SharedIn(await numbers.FindHeldAsync(ids, CancellationToken.None).ConfigureAwait(false), now));
        }
        finally
        {
            await events.RaiseAsync(happened).ConfigureAwait(false);
        }

        foreach (var violation in await consistency.CheckAsync(account, CancellationToken.None).ConfigureAwait(false))
            LogInconsistent(account.ToString(), violation.Code, violation.Subject, violation.Message);
    }

    /// <summary>To each holder of a number that has several.</summary>
    private static IEnumerable<AccountEvent> SharedIn(IEnumerable<PhoneNumber> holders, DateTimeOffset now) => holders
        .GroupBy(number => number.PhoneNumberId)
        .Where(group => group.Count() > 1)
        .SelectMany(shared => shared, (shared, holder) => new AccountEvent { Kind = AccountEvent.NumberShared, AccountId = holder.AccountId, At = now, Numbers = [shared.Key] });

    [LoggerMessage(1331, LogLevel.Error, "Account {Account} is connected, but not everybody could be told of it")]
    private partial void LogBroke(Exception exception, string account);

    [LoggerMessage(1330, LogLevel.Error, "Account {Account} is inconsistent ({Code}, number {Number}): {Text}")]
    private partial void LogInconsistent(string account, string code, string? number, string? text);
}
