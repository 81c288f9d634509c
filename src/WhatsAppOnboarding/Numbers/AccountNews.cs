using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>What a write of an account is to tell the host: nothing but the difference between before and after, so that no writer can forget or invent something.</summary>
internal static class AccountNews
{
    // Whoever sets a number up has ended or died by then.
    private static readonly TimeSpan SetUp = TimeSpan.FromHours(1);

    /// <summary>The number with what the host is told of it by this write; while it is being set up, nothing new but that its token is of no use.</summary>
    public static PhoneNumber Reported(this PhoneNumber number, DateTimeOffset at)
    {
        var isBeingSetUp = NumberReasons.IsPending(number) && at - number.ConnectedAt < SetUp;
        string[] codes = [.. NumberReasons.Reported(number, at).Where(reason => !isBeingSetUp || reason.IsOfToken || number.Told.Contains(reason.Code)).Select(reason => reason.Code)];
        return codes.SequenceEqual(number.Told) ? number : number with { Told = codes };
    }

    /// <summary>The events, each with all its numbers.</summary>
    public static IReadOnlyList<AccountEvent> Between(AccountPhoneNumbers before, IEnumerable<PhoneNumber> changed, DateTimeOffset at) =>
    [
        .. changed.SelectMany(after => Of(before.Find(after.PhoneNumberId), after).Select(news => (after.PhoneNumberId, News: news)))
            .GroupBy(pair => pair.News, pair => pair.PhoneNumberId)
            .OrderBy(group => Array.IndexOf(Order, group.Key.Kind))
            .Select(group => new AccountEvent
            {
                Kind = group.Key.Kind,
                AccountId = before.Reference.AccountId,
                At = at,
                Numbers = [.. group],
                Reason = group.Key.Reason,
                Initiator = group.Key.Initiator,
                Notice = group.Key.Notice,
                Step = group.Key.Step,
                Person = group.Key.Person,
                EndsAt = group.Key.EndsAt,
            }),
    ];

    private static readonly string[] Order =
    [
        AccountEvent.Connected, AccountEvent.Reconnected, AccountEvent.Disconnected, AccountEvent.Noticed, AccountEvent.Paused, AccountEvent.Resumed,
        AccountEvent.WellAgain, AccountEvent.NeedsAttention, AccountEvent.TokenEnding, AccountEvent.NumberShared, AccountEvent.StepRun, AccountEvent.PinRead,
    ];

    private static IEnumerable<News> Of(PhoneNumber? before, PhoneNumber after)
    {
        var isNew = after.IsHeld && after.Generation != before?.Generation;
        if (isNew)
            yield return new News(before is { IsHeld: true } ? AccountEvent.Reconnected : AccountEvent.Connected);
        else if (before is { IsHeld: true } && !after.IsHeld)
            yield return new News(AccountEvent.Disconnected) { Reason = after.DisconnectReason, Initiator = after.DisconnectInitiator };
        else if (before is not null)
            foreach (var news in OfNotices(before, after))
                yield return news;

        foreach (var news in OfReasons(before, after))
            yield return news;
        if (after is { IsHeld: true, IsShared: true } && before is not { IsHeld: true, IsShared: true })
            yield return new News(AccountEvent.NumberShared);
        if (after.Running is { } running && running.Id != before?.Running?.Id)
            yield return new News(AccountEvent.StepRun) { Step = running.Step };
        if (after.Pins is [{ LastReadAt: { } readAt } read, ..] && before?.Pins.Any(pin => pin.LastReadAt == readAt) is false)
            yield return new News(AccountEvent.PinRead) { Person = read.LastReadBy };
    }

    private static IEnumerable<News> OfNotices(PhoneNumber before, PhoneNumber after)
    {
        foreach (var notice in after.Notices.Where(notice => before.Notice(notice.Kind) != notice))
        {
            yield return new News(AccountEvent.Noticed) { Notice = notice };
            if (before.State is NumberState.Active && after.State is NumberState.Paused)
                yield return new News(AccountEvent.Paused) { Notice = notice };
            if (before.State is NumberState.Paused && after.State is NumberState.Active)
                yield return new News(AccountEvent.Resumed) { Notice = notice };
        }
    }

    private static IEnumerable<News> OfReasons(PhoneNumber? before, PhoneNumber after)
    {
        if (!after.IsHeld)
        {
            if (after.Findings.Any(IsLeftBehind) && before?.Findings.Any(IsLeftBehind) is false)
                yield return new News(AccountEvent.NeedsAttention) { Reason = Finding.StillSubscribed };
            yield break;
        }

        var told = before is { IsHeld: true } ? before.Told : [];
        foreach (var code in after.Told.Except(told))
            yield return NumberReasons.Find(code) is { IsEnding: true }
                ? new News(AccountEvent.TokenEnding) { Reason = code, EndsAt = after.TokenExpiresAt }
                : new News(AccountEvent.NeedsAttention) { Reason = code };

        // That a warning is followed by the next one, or by the end itself, is no good news.
        foreach (var code in told.Except(after.Told).Where(code => NumberReasons.Find(code) is not { IsEnding: true }))
            yield return new News(AccountEvent.WellAgain) { Reason = code };
    }

    private static bool IsLeftBehind(Finding finding) => finding.Code == Finding.StillSubscribed;

    /// <summary>One event of one number; of several numbers it is one event where it is the same.</summary>
    private sealed record News(string Kind)
    {
        public string? Reason { get; init; }

        public string? Initiator { get; init; }

        public MetaNotice? Notice { get; init; }

        public string? Step { get; init; }

        public string? Person { get; init; }

        public DateTimeOffset? EndsAt { get; init; }
    }
}
