using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Somebody says that the app has lost access. Sending stops at once; but what was said may be old or forged, so the numbers go, and their tokens with
/// them, only after Meta has refused the account's own token.
/// </summary>
internal sealed class AccessDoubt(NoticeWriting writing, AccessCheck check)
{
    /// <summary>Holds the numbers back, then checks. What became of the check is in the authority; a check without result is made again later.</summary>
    /// <param name="account">The account.</param>
    /// <param name="concerns">Which of its held numbers it is about.</param>
    /// <param name="notice">What was said: of kind <see cref="NoticeKinds.Access"/>, and it holds.</param>
    /// <param name="cancellationToken">Gives up before the commit of the hold; after that it only ends the check.</param>
    public Task RaiseAsync(AccountId account, Func<PhoneNumber, bool> concerns, MetaNotice notice, CancellationToken cancellationToken) =>
        RaiseAsync(account, numbers => numbers.Numbers.Where(number => number.IsHeld && concerns(number)), notice, cancellationToken);

    /// <inheritdoc cref="RaiseAsync(AccountId, Func{PhoneNumber, bool}, MetaNotice, CancellationToken)"/>
    public async Task RaiseAsync(
        AccountId account, Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets, MetaNotice notice, CancellationToken cancellationToken)
    {
        var write = await writing.RunAsync(account, targets, notice, number => number, cancellationToken).ConfigureAwait(false);
        PhoneNumber[] held = [.. write.After.Numbers.Where(number => number.Notice(NoticeKinds.Access) == notice && IsNew(write.Before, number))];
        if (held.Length > 0)
            await check.RunAsync(account, held, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsNew(AccountPhoneNumbers before, PhoneNumber number) =>
        before.Find(number.PhoneNumberId)?.Notice(NoticeKinds.Access) != number.Notice(NoticeKinds.Access);
}
