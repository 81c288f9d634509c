using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Makes what Meta says of a number or its WABA true in the authority.</summary>
internal sealed class NoticeFollower(NoticeWriting writing, AccessCheck check, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time) : INoticeFollower
{
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
