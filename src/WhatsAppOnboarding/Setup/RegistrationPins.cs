using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

internal sealed partial class RegistrationPins(
    NumberAuthority numbers, PinProtection protection, AccountEventSource events, TimeProvider time, ILogger<RegistrationPins> logger)
{
    public async Task<KeptPin?> ReadAsync(AccountId account, PhoneNumberId number, string? reader, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var write = await numbers.WriteAsync(
            account,
            read => read.Find(number) is { Pins: [{ } first, ..] } current && first.LastReadAt != now
                ? [current.PinRead(now)]
                : [],
            cancellationToken).ConfigureAwait(false);
        if (write.After.Find(number) is not { Pins: [{ } newest, ..] } kept || protection.Open(kept, newest) is not { } pin)
            return null;

        Log.Read(logger, account.ToString(), number.ToString(), reader);
        await events.RaiseAsync(new AccountEvent { Kind = AccountEvent.PinRead, AccountId = account, At = now, Numbers = [number], Person = reader }).ConfigureAwait(false);
        return new KeptPin
        {
            Pin = pin,
            IsConfirmed = newest.ConfirmedAt is not null && !kept.IsOutdated(newest),
            StoredAt = newest.StoredAt,
            Earlier = [.. kept.Pins.Skip(1).Select(one => protection.Open(kept, one)).OfType<TwoStepPin>()],
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1260, LogLevel.Warning, "Account {Account}: the PIN of number {Number} was read by {Reader}")]
        public static partial void Read(ILogger logger, string account, string number, string? reader);
    }
}
