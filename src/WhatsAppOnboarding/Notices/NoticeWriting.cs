using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>Notes on numbers what Meta says, in one commit, and tells the host what that changed.</summary>
internal sealed class NoticeWriting(NumberAuthority numbers, NoticeEvents events)
{
    /// <param name="account">The account.</param>
    /// <param name="targets">The numbers that it is about.</param>
    /// <param name="notice">What Meta says; numbers for which it is no news stay as they are.</param>
    /// <param name="also">What else it changes in a number.</param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    public async Task<PhoneNumberWrite> RunAsync(
        AccountId account,
        Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets,
        MetaNotice notice,
        Func<PhoneNumber, PhoneNumber> also,
        CancellationToken cancellationToken)
    {
        var write = await numbers.WriteAsync(
            account, read => [.. targets(read).Where(notice.Applies).Select(number => also(number.WithNotice(notice)))], cancellationToken).ConfigureAwait(false);
        await events.RaiseAsync(write).ConfigureAwait(false);
        return write;
    }
}
