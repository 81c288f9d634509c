using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

internal static class SomeNumber
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static PhoneNumber Connected(AccountId account, string number, string waba = "900", long sequence = 1, int order = 0) => new()
    {
        AccountId = account,
        PhoneNumberId = PhoneNumberId.Parse(number),
        WabaId = WabaId.Parse(waba),
        State = NumberState.Active,
        Generation = Guid.NewGuid(),
        ConnectSequence = sequence,
        GrantOrder = order,
        Token = new SealedSecret("sealed"),
        CreatedAt = Now,
        ConnectedAt = Now,
    };

    public static PhoneNumber Disconnected(this PhoneNumber number) =>
        number with { State = NumberState.Inactive, Token = null, DisconnectedAt = Now, DisconnectReason = "requested" };
}
