using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>How a number that is not held any more is brought to its end at Meta: the app leaves its WABA, the number is deregistered if somebody ordered that, the token goes.</summary>
internal static class LeavingTransitions
{
    /// <summary>How long a number that is not held any more may keep its token to unsubscribe the app.</summary>
    public static readonly TimeSpan TokenKept = TimeSpan.FromDays(7);

    /// <summary>Whether it was ordered to deregister the number, and nobody has begun to.</summary>
    public static bool IsToDeregister(this PhoneNumber number) =>
        number is { IsHeld: false, Token: not null } && number.OpenSteps.Any(open => open is { Step: StepNames.Deregister, Code: ErrorCodes.Pending });

    /// <summary>It was ordered to deregister a number that has just been disconnected: written down in that commit. One of the WhatsApp Business app never is.</summary>
    public static PhoneNumber ToDeregister(this PhoneNumber number, DateTimeOffset now) =>
        number.WithOpenStep(StepNames.Deregister, number.MayBeCoexistence() ? ErrorCodes.OnBusinessApp : ErrorCodes.Pending, now);

    /// <summary>Somebody begins to. Should that be the last that is heard of it, its end is not known, and it is never begun again by itself.</summary>
    public static PhoneNumber Deregistering(this PhoneNumber number, RunningStep mine) =>
        number.WithOpenStep(StepNames.Deregister, ErrorCodes.MetaTimeout, mine.StartedAt) with { Running = mine };

    /// <summary>That has ended; <paramref name="open"/> says why not, null when it is done. The token goes once the app has left the WABA, too.</summary>
    public static PhoneNumber Deregistered(this PhoneNumber number, OpenStep? open)
    {
        var ended = (open is null ? number.WithoutOpenStep(StepNames.Deregister) : number.WithOpenStep(open)) with
        {
            Running = null,
            Evidence = open is null ? number.Evidence with { RegisteredAt = null } : number.Evidence,
        };
        return ended.IsOpen(StepNames.Unsubscribe) ? ended : ended.WithoutToken();
    }

    /// <summary>The app left its WABA: the token has done its last service, unless the number is still to be deregistered.</summary>
    public static PhoneNumber Left(this PhoneNumber number) => number.IsToDeregister() ? number.WithoutOpenStep(StepNames.Unsubscribe) : number.WithoutToken();

    /// <summary>The token of a number that is not held can do nothing more; for what was not begun with it, that is why.</summary>
    public static PhoneNumber WithoutToken(this PhoneNumber number, string why = ErrorCodes.TokenUnreadable) => number with
    {
        Token = null,
        TokenKeptUntil = null,
        GrantedBy = null,
        UnprovedSince = null,
        OpenSteps =
        [
            .. number.OpenSteps
                .Where(open => open.Step is not StepNames.Unsubscribe)
                .Select(open => open is { Step: StepNames.Deregister, Code: ErrorCodes.Pending } ? open with { Code = why } : open),
        ],
    };

    /// <summary>
    /// After a restore nobody knows whether its WABA was connected anew since the backup, so nothing is undone any more: the token goes, and where the app is still subscribed for
    /// nobody, somebody should know.
    /// </summary>
    public static PhoneNumber GivenUp(this PhoneNumber number, bool isLeft, DateTimeOffset at) =>
        number.IsOpen(StepNames.Unsubscribe) && !isLeft ? number.WithoutToken(ErrorCodes.UnprovedSinceRestore).StillSubscribed(at) : number.WithoutToken(ErrorCodes.UnprovedSinceRestore);

    /// <summary>
    /// After a restore: Meta has shown since that the token works, that the number is in its WABA (<paramref name="isListed"/>) and that the app is subscribed there, so that it is
    /// as the backup says.
    /// </summary>
    public static PhoneNumber Proved(this PhoneNumber number, bool isListed) =>
        isListed && number is { UnprovedSince: { } since, Evidence: { IsRefused: false } seen } && seen.TokenInspectedAt >= since && seen.ListedAt >= since && seen.SubscribedAt >= since
            ? number with { UnprovedSince = null }
            : number;

    /// <summary>The app could not be unsubscribed from its WABA: nothing can be done here, and somebody should know.</summary>
    public static PhoneNumber StillSubscribed(this PhoneNumber number, DateTimeOffset at) =>
        number.WithFinding(new Finding { Code = Finding.StillSubscribed, At = at, Subject = number.WabaId.ToString() });
}
