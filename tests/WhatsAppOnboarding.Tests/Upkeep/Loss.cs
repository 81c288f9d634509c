using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>Something that a connection loses at Meta and gets back, of which upkeep alone finds out: Meta says nothing by itself.</summary>
/// <param name="Name">What is lost.</param>
/// <param name="Reason">What the host is told of it.</param>
/// <param name="IsConnected">Whether the number still counts as connected.</param>
/// <param name="Lose">Makes it so.</param>
/// <param name="Regain">Makes it well; null where the account must connect again.</param>
internal sealed record Loss(string Name, string Reason, bool IsConnected, Action<EmulatedNumber, EmulatedToken> Lose, Action<EmulatedNumber>? Regain)
{
    /// <summary>Those after which the number is still held, and upkeep itself makes nothing well.</summary>
    public static IReadOnlyList<Loss> All { get; } =
    [
        new("revoked token", "token_invalid", false, (_, token) => token.Revoke(), null),
        new("ended token", "token_invalid", false, (_, token) => token.EndIn(TimeSpan.Zero), null),
        new("unshared WABA", "token_invalid", false, (number, _) => Unshare(number.Waba), null),
        new("deregistered number", "not_registered", false, (number, _) => number.Deregister(), number => number.Recover()),
        new("banned number", "status_banned", false, (number, _) => number.Status = "BANNED", number => number.Recover()),
        new("restricted number", "status_restricted", false, (number, _) => number.Status = "RESTRICTED", number => number.Recover()),
        new("flagged number", "status_flagged", true, (number, _) => number.Status = "FLAGGED", number => number.Recover()),
        new("flagged number of low quality", "quality_low", true, (number, _) => (number.Status, number.QualityRating) = ("FLAGGED", "RED"), number => number.Recover()),
        new("low quality", "quality_low", true, (number, _) => number.QualityRating = "RED", number => number.QualityRating = "GREEN"),
        new("declined name", "name_declined", true, (number, _) => number.NameStatus = "DECLINED", number => number.NameStatus = "APPROVED"),
        new("missing payment", "payment_needed", true, (number, _) => number.Waba.HasPaymentMethod = false, number => number.Waba.HasPaymentMethod = true),
    ];

    public static Loss Find(string name) => All.Single(loss => loss.Name == name);

    public override string ToString() => Name;

    private static void Unshare(EmulatedWaba waba) => (waba.IsShared, waba.IsAppSubscribed) = (false, false);
}
