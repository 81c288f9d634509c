namespace WhatsAppOnboarding.Graph;

/// <summary>
/// One table: each error of Meta that can end a call of the onboarding, with what it means here. What it does not hold is classed by its kind.
/// </summary>
/// <remarks>
/// Sources: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes and
/// https://developers.facebook.com/docs/graph-api/guides/error-handling
/// </remarks>
internal static partial class MetaErrors
{
    private const string CheckSecret = "Set WhatsAppOnboarding:AppSecret to the secret in App Dashboard > Settings > Basic of the app that AppId names.";
    private const string CheckId = "Set WhatsAppOnboarding:AppId and AppSecret to the id and secret in App Dashboard > Settings > Basic.";

    /// <summary>Every row; of those that fit, the first counts that names the call, and among them the one that names the subcode.</summary>
    public static IReadOnlyList<MetaErrorRow> All { get; } = [.. Login, .. Portfolios, .. Anywhere, .. Subscription, .. Numbers];

    /// <summary>A refused proof has no code of its own: it is code 100, told apart by its text.</summary>
    public static MetaErrorRow BadProof { get; } = All.First(row => row.Stable == ErrorCodes.AppMisconfigured && row.Code == 100);

    /// <summary>The row of an error; null when there is none.</summary>
    public static MetaErrorRow? Find(string where, int code, int? subcode) =>
        Only(where, code, subcode) ?? Only(where, code, null) ?? Only(null, code, subcode) ?? Only(null, code, null);

    private static MetaErrorRow? Only(string? where, int code, int? subcode) => All.FirstOrDefault(row => row != BadProof && row.Is(where, code, subcode));
}
