using System.Globalization;
using System.Security.Cryptography;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>Values nobody else has, so that a check can run on a database that is in use.</summary>
internal static class Some
{
    public static DateTimeOffset Time { get; } = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    public static AccountId Account() => AccountId.Parse($"contract-{Guid.NewGuid():N}");

    public static PhoneNumberId Number() => PhoneNumberId.Parse(Digits());

    public static WabaId Waba() => WabaId.Parse(Digits());

    public static PhoneNumber Connected(AccountId account, PhoneNumberId? number = null, WabaId? waba = null, long sequence = 1, int order = 0) => new()
    {
        AccountId = account,
        PhoneNumberId = number ?? Number(),
        WabaId = waba ?? Waba(),
        State = NumberState.Active,
        Generation = Guid.NewGuid(),
        ConnectSequence = sequence,
        GrantOrder = order,
        Token = new SealedToken($"sealed-{Guid.NewGuid():N}"),
        CreatedAt = Time,
        ConnectedAt = Time,
    };

    public static PhoneNumber Disconnected(PhoneNumber number) => number with
    {
        State = NumberState.Inactive,
        Token = null,
        TokenKeptUntil = null,
        GrantedBy = null,
        DisconnectedAt = Time,
        DisconnectReason = "requested",
    };

    public static ConnectAttempt Attempt(AccountId account, DateTimeOffset? claimedAt = null) => new()
    {
        Id = Guid.NewGuid(),
        StateHash = Hash(),
        CodeHash = Hash(),
        AccountId = account,
        Way = "browser",
        Generation = Guid.NewGuid(),
        ClaimedAt = claimedAt ?? Time,
    };

    public static string Hash() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string Digits() => (RandomNumberGenerator.GetInt32(int.MaxValue) * 1_000_000L + RandomNumberGenerator.GetInt32(1_000_000))
        .ToString(CultureInfo.InvariantCulture);
}
