using WhatsAppOnboarding.Errors;
using static WhatsAppOnboarding.ErrorCodes;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// One table: each error of Meta that is known, with its kind, what the customer is told and what the operator can do. A new error is one row. What the table
/// does not hold is classed by Meta's <c>is_transient</c> and the HTTP status, which says little: most refusals, throttling among them, come as 400.
/// </summary>
/// <remarks>
/// Sources: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes and
/// https://developers.facebook.com/docs/graph-api/guides/error-handling
/// </remarks>
internal static partial class MetaErrors
{
    /// <summary>The name by which the table knows the browser's return from Meta's login, which is no call.</summary>
    public const string Dialog = "login_dialog";

    public const string CheckSecret = "Set WhatsAppOnboarding:AppSecret to the secret in App Dashboard > Settings > Basic of the app that AppId names.";
    public const string CheckId = "Set WhatsAppOnboarding:AppId and AppSecret to the id and secret in App Dashboard > Settings > Basic.";

    /// <summary>The stable code of each kind; whatever else Meta refuses is <see cref="MetaRefused"/>.</summary>
    private static readonly Dictionary<GraphErrorKind, string> Kinds = new()
    {
        [GraphErrorKind.TokenInvalid] = TokenInvalid,
        [GraphErrorKind.PermissionMissing] = PermissionMissing,
        [GraphErrorKind.Throttled] = MetaThrottled,
        [GraphErrorKind.Unavailable] = MetaUnavailable,
        [GraphErrorKind.TimedOut] = MetaTimeout,
        [GraphErrorKind.Unreachable] = MetaUnreachable,
        [GraphErrorKind.UnreadableAnswer] = MetaUnreadable,
        [GraphErrorKind.NotFound] = MetaNotFound,
        [GraphErrorKind.AppMisconfigured] = AppMisconfigured,
    };

    /// <summary>Every row; of those that fit, one that only a person can cure counts first, then the first that names the call, and among them the one that names the subcode.</summary>
    public static IReadOnlyList<MetaErrorRow> All { get; } = [.. People, .. Login, .. Dialogs, .. Portfolios, .. Anywhere, .. Subscription, .. Numbers, .. Messages];

    /// <summary>A refused proof has no code of its own: it is code 100, told apart by its text.</summary>
    public static MetaErrorRow BadProof { get; } = All.First(row => row is { Where: null, Code: 100, Stable: AppMisconfigured });

    /// <summary>The kind of an error that Meta wrote.</summary>
    public static GraphErrorKind KindOf(string where, MetaError error, int status)
    {
        var row = error.Code is { } code ? Find(where, code, error.Subcode, status) : null;
        var kind = row is null ? GraphErrorKind.Rejected : KindOf(row);
        return kind == GraphErrorKind.Throttled ? kind
            : error.IsTransient ? GraphErrorKind.Unavailable
            : kind is GraphErrorKind.Rejected or GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound && error.BlamesProof ? KindOf(BadProof)
            : kind == GraphErrorKind.Rejected && row?.Kind is null && status is 429 or >= 500 ? KindOf(status)
            : kind;
    }

    /// <summary>An error that stands inside an answer.</summary>
    public static GraphError Of(string where, int code, int? subcode)
    {
        var kind = KindOf(where, new MetaError(code, subcode, IsTransient: false, BlamesProof: false, TraceId: null, Details: null), 0);
        return new GraphError { Kind = kind, Operation = where, Code = code, Subcode = subcode };
    }

    /// <summary>For answers that Meta did not write, such as a proxy's page.</summary>
    public static GraphErrorKind KindOf(int status) => status switch
    {
        429 => GraphErrorKind.Throttled,
        >= 500 => GraphErrorKind.Unavailable,
        _ => GraphErrorKind.UnreadableAnswer,
    };

    /// <summary>The kind of a row: its own, else that of the same error at any call, else what its stable code means.</summary>
    public static GraphErrorKind KindOf(MetaErrorRow row)
    {
        if (row.Kind is { } own)
            return own;
        if (row.Where is not null && (Only(null, row.Code, row.Subcode, null) ?? Only(null, row.Code, null, null)) is { } general)
            return KindOf(general);
        foreach (var (kind, stable) in Kinds)
        {
            if (stable == row.Stable)
                return kind;
        }

        return GraphErrorKind.Rejected;
    }

    /// <summary>The stable code of an error: by its row, else by its kind.</summary>
    public static string StableOf(GraphError error) => RowOf(error)?.Stable ?? Kinds.GetValueOrDefault(error.Kind, MetaRefused);

    /// <summary>The row of an error; null when it has none. What Meta itself calls a passing fault is believed before the table.</summary>
    public static MetaErrorRow? RowOf(GraphError error)
    {
        if (error.Code is not { } code)
            return null;
        var row = error is { Kind: GraphErrorKind.AppMisconfigured, Code: 100 } ? BadProof : Find(error.Operation, code, error.Subcode, error.HttpStatus);
        return error.Kind.MayPass() && row?.Retry is not RetryAdvice.Later ? null : row;
    }

    /// <summary>What Meta's login answers with <c>error_code</c> instead of a code to exchange; null when it is not known.</summary>
    public static MetaErrorRow? OfDialog(int code) => Find(Dialog, code, null, null);

    private static MetaErrorRow? Find(string where, int code, int? subcode, int? status) =>
        Only(where, code, subcode, status) ?? (Only(null, code, subcode, status) is { IsOfPerson: true } person ? person : null)
        ?? Only(where, code, null, status) ?? Only(null, code, subcode, status) ?? Only(null, code, null, status);

    private static MetaErrorRow? Only(string? where, int code, int? subcode, int? status) =>
        All.FirstOrDefault(row => row != BadProof && row.Is(where, code, subcode) && (row.Status is null || row.Status == status));
}

/// <summary>What one error of Meta means.</summary>
/// <param name="Where">The name of the Graph call it answers, such as <c>exchange_code</c>; null for any.</param>
/// <param name="Code">Meta's <c>code</c>; of a range the first.</param>
/// <param name="Subcode">Meta's <c>error_subcode</c>; null for any.</param>
/// <param name="Stable">The stable code: what the customer is told.</param>
/// <param name="Cause">What has happened at Meta, for the operator.</param>
/// <param name="Cure">What the operator can put right, and where; null when it is not the operator's.</param>
internal sealed record MetaErrorRow(string? Where, int Code, int? Subcode, string Stable, string Cause, string? Cure = null)
{
    /// <summary>Of a range of codes the last; else the code itself.</summary>
    public int LastCode { get; init; } = Code;

    /// <summary>Of a row that stands for whatever code a subcode comes under: the last of all codes.</summary>
    public const int AnyCode = int.MaxValue;

    /// <summary>Whether the app secret was refused, and with it the call, before anything was done.</summary>
    public bool BlamesSecret => Cure is MetaErrors.CheckSecret || (Cure is MetaErrors.CheckId && Code is not NoSuchApp);

    private const int NoSuchApp = 101;

    /// <summary>Whether it counts before a row that names the call: whatever was asked for, only the person whose access it is can cure it.</summary>
    public bool IsOfPerson { get; init; }

    /// <summary>The kind where the stable code does not give it, or where it is certain whatever the HTTP status; see <see cref="MetaErrors.KindOf(MetaErrorRow)"/>.</summary>
    public GraphErrorKind? Kind { get; init; }

    /// <summary>The HTTP status that the row needs; null for any.</summary>
    public int? Status { get; init; }

    /// <summary>Whether and when doing the same again may help: as for the stable code.</summary>
    public RetryAdvice Retry => ErrorCatalogue.Find(Stable).Retry;

    /// <summary>Whether the row is the one for these values; a subcode must be the same, and none is none.</summary>
    public bool Is(string? where, int code, int? subcode) => Where == where && Subcode == subcode && Code <= code && code <= LastCode;
}
