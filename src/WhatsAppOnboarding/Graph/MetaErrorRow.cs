namespace WhatsAppOnboarding.Graph;

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

    /// <summary>Whether and when doing the same again may help: as for the stable code.</summary>
    public RetryAdvice Retry => ErrorCatalogue.Find(Stable).Retry;

    /// <summary>Whether the row is the one for these values; a subcode must be the same, and none is none.</summary>
    public bool Is(string? where, int code, int? subcode) => Where == where && Subcode == subcode && Code <= code && code <= LastCode;
}
