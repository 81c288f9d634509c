using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Makes what Meta says of a number or its WABA true in the authority.</summary>
internal sealed class NoticeFollower(NoticeWriting writing, AccessCheck check, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private static readonly HashSet<string> Fields =
    [
        "account_update", "account_review_update", "account_alerts", "business_capability_update",
        "phone_number_name_update", "phone_number_quality_update", "security",
    ];

    /// <summary>Whether a field says something of a number or WABA that the authority keeps.</summary>
    public static bool Concerns(string field) => Fields.Contains(field);

    /// <summary>Applies it to the account's numbers of the WABA; the same event again changes nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="waba">The WABA that the event is about.</param>
    /// <param name="content">What it says.</param>
    /// <param name="at">When it happened; null when Meta does not say.</param>
    /// <param name="receivedAt">When it arrived.</param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    public async Task ApplyAsync(
        AccountId account, WabaId waba, EventContent content, DateTimeOffset? at, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (NoticeReader.Read(content, NoticeRules.TimeOf(at ?? receivedAt, time.GetUtcNow()), options.CurrentValue.AppId) is not { } read)
            return;

        if (read.Notice.Kind is MetaNotice.AccessKind)
        {
            await check.HoldAsync(account, numbers => read.NumbersIn(numbers, waba), read.Notice, cancellationToken).ConfigureAwait(false);
            return;
        }

        await writing.NoteAsync(
            account,
            numbers => read.NumbersIn(numbers, waba),
            at is null ? read.Notice.WithoutTime() : read.Notice,
            number => read.VerifiedName is { } name ? number.Named(name) : number,
            cancellationToken).ConfigureAwait(false);
    }
}
