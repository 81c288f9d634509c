using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>Makes what Meta says of a number or its WABA true in the authority.</summary>
internal sealed class NoticeFollower(NoticeWriting writing, AccessDoubt doubt, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time) : INoticeFollower
{
    public async Task ApplyAsync(
        AccountId account, WabaId waba, EventContent content, DateTimeOffset? at, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (NoticeReader.Read(content, NoticeRules.TimeOf(at ?? receivedAt, time.GetUtcNow()), options.CurrentValue.AppId) is not { } read)
            return;

        if (read.Notice.Kind is NoticeKinds.Access)
        {
            await doubt.RaiseAsync(account, numbers => read.NumbersIn(numbers, waba), read.Notice, cancellationToken).ConfigureAwait(false);
            return;
        }

        await writing.RunAsync(
            account,
            numbers => read.NumbersIn(numbers, waba),
            at is null ? read.Notice.WithoutTime() : read.Notice,
            number => read.VerifiedName is { } name ? number with { VerifiedName = name } : number,
            cancellationToken).ConfigureAwait(false);
    }
}
