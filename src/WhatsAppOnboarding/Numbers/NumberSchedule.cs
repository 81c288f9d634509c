using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>When upkeep has something to do for a number: derived from the number in the commit that changes it, like the reference.</summary>
internal static class NumberSchedule
{
    /// <summary>How long a token and a subscription may be believed without a new look, where nothing else is configured.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(6);

    // A look that is due after two days comes then, and not a look later.
    private static readonly TimeSpan InspectedEvery = TimeSpan.FromHours(47);
    private static readonly TimeSpan ResealedEvery = TimeSpan.FromDays(7);
    private static readonly TimeSpan Doubt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    /// <summary>When an account is due by its numbers; null for never.</summary>
    public static DateTimeOffset? DueOf(IEnumerable<PhoneNumber> numbers)
    {
        DateTimeOffset? due = null;
        foreach (var number in numbers)
        {
            foreach (var time in number.IsHeld ? TimesOfHeld(number) : TimesOfLeaving(number))
                due = due <= time ? due : time;
        }

        return due;
    }

    /// <summary>
    /// When an account is due after a write. What was due before it and still is may have been taken by somebody, who writes in the middle of the work: it stays theirs
    /// until the time that they took it for.
    /// </summary>
    public static DateTimeOffset? DueAfter(AccountPhoneNumbers before, IReadOnlyCollection<PhoneNumber> numbers, DateTimeOffset at) =>
        DueOf(numbers) is var due && due <= at && before.Reference.DueAt > at && DueOf(before.Numbers) <= at ? before.Reference.DueAt : due;

    /// <summary>
    /// The next time of an account's own grid: the same for all its numbers, different for most accounts, so that not all are due at once. On a grid there are never more
    /// looks on a day than the interval says, whatever came in between.
    /// </summary>
    public static DateTimeOffset Next(PhoneNumber number, TimeSpan interval, DateTimeOffset now)
    {
        var start = (long)(interval.Ticks * Share(number));
        return new DateTimeOffset(((((now.UtcTicks - start) / interval.Ticks) + 1) * interval.Ticks) + start, TimeSpan.Zero);
    }

    /// <summary>A time within the last quarter of a span, the same for an account each time and different for most others.</summary>
    public static TimeSpan Spread(PhoneNumber number, TimeSpan span) => span * (0.75 + (Share(number) / 4));

    /// <summary>Whether a held number is to be looked at now.</summary>
    public static bool IsToCheck(PhoneNumber number, DateTimeOffset now) => CheckAt(number) <= now;

    /// <summary>Whether the token of a held number is to be inspected with this look. Whether it works shows each look.</summary>
    public static bool IsToInspect(PhoneNumber number, DateTimeOffset now) => !(number.Evidence.TokenInspectedAt > now - InspectedEvery) || number.Evidence.TokenInspectedAt < number.UnprovedSince;

    /// <summary>
    /// Whether upkeep looks more thoroughly: with the first look that comes half-way between two inspections of the token, so that no day costs more calls than another.
    /// </summary>
    public static bool IsThorough(PhoneNumber number, DateTimeOffset now) =>
        number.UnprovedSince is not null || (number.Evidence.TokenInspectedAt + (InspectedEvery / 2) is { } halfWay && halfWay <= now && !(number.Evidence.ListedAt >= halfWay));

    private static double Share(PhoneNumber number)
    {
        var hash = 17u;
        foreach (var letter in number.AccountId.ToString())
            hash = (hash * 31) + letter;
        return hash % 1000 / 1000.0;
    }

    /// <summary>When the next look was to be, before a backup was restored, does not count after that; when it is to be tried again, does.</summary>
    private static DateTimeOffset CheckAt(PhoneNumber number) => number is { AwaitsProof: true, UnprovedSince: { } since, Evidence.CheckFailures: 0 } ? since
        : number.Evidence.NextCheckAt
        ?? (number.IsOpen(StepNames.Subscribe) ? number.OpenSteps.First(open => open.Step is StepNames.Subscribe).Since + Soon
            : number.ConnectedAt + (number.OpenSteps.Any(open => open.Code is ErrorCodes.Pending) ? Soon : Spread(number, Usual)));

    private static IEnumerable<DateTimeOffset> TimesOfHeld(PhoneNumber number)
    {
        var looked = number.Evidence.ListedAt is { } listed && listed > number.ConnectedAt ? listed : number.ConnectedAt;
        yield return CheckAt(number);
        if (number.Notice(MetaNotice.AccessKind) is { StopsSending: true } doubt)
            yield return doubt.At + Doubt;

        // What has a time is told at that time: what of it was told is in Told.
        foreach (var warning in number.TokenExpiresAt is null || number.Evidence.IsRefused ? [] : NumberReasons.Warnings)
        {
            if (number.TokenExpiresAt - warning is { } at && at > looked && !number.Told.Contains(NumberReasons.CodeOf(warning)) && !IsPast(number, warning))
                yield return at;
        }
    }

    /// <summary>Whether a later warning was told already.</summary>
    private static bool IsPast(PhoneNumber number, TimeSpan warning) =>
        NumberReasons.Warnings.Any(later => later < warning && number.Told.Contains(NumberReasons.CodeOf(later)));

    /// <summary>When a step of a number that is not held is tried again by itself; null when it is not, for its token is gone, or it is known that it was begun.</summary>
    public static DateTimeOffset? NextTryOf(PhoneNumber number, OpenStep step) =>
        step.Step is StepNames.Unsubscribe || step is { Step: StepNames.Deregister, Code: ErrorCodes.Pending } ? NextTryOf(number) : null;

    private static DateTimeOffset? NextTryOf(PhoneNumber number) =>
        number is { IsHeld: false, Token: not null } ? number.Evidence.NextCheckAt ?? number.DisconnectedAt.GetValueOrDefault() + Doubt : null;

    /// <summary>Whether it is time to look under which key the PINs are sealed that a number keeps which is not held, and which nothing else brings upkeep to.</summary>
    public static bool IsToReseal(PhoneNumber number, DateTimeOffset now) => ResealAt(number) <= now;

    private static DateTimeOffset? ResealAt(PhoneNumber number) =>
        number is { IsHeld: false, Pins.Count: > 0 } ? (number.Evidence.SealsCheckedAt ?? number.DisconnectedAt ?? number.ConnectedAt) + ResealedEvery : null;

    private static IEnumerable<DateTimeOffset> TimesOfLeaving(PhoneNumber number)
    {
        if (ResealAt(number) is { } reseal)
            yield return reseal;
        if (NextTryOf(number) is not { } next)
            yield break;
        yield return next;
        if (number.TokenKeptUntil is { } end)
            yield return end;
    }
}
