using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Who may use a link, and that it connects once: the first press binds it to a browser, each attempt claims it before its code is exchanged, and a success spends it. All of it in
/// conditional writes, so that of two nodes one wins. Looking at it changes nothing.
/// </summary>
internal sealed partial class LinkUse(LinkRecords links, AttemptReader attempts, NumberAuthority numbers, TimeProvider time, ILogger<LinkUse> logger)
{
    public async Task<StoredLink?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        LinkBrowser.IsWellFormed(secret) ? await links.FindAsync(secret!, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Why a browser may not use a link; null when it may. One that is not pressed yet is free for every browser.</summary>
    /// <param name="link">The link; null when there is none.</param>
    /// <param name="browser">The hash of the browser's cookie.</param>
    /// <param name="attempt">The attempt that asks: the one that spent the link gets its end once more.</param>
    /// <param name="isUnderWay">Whether the button was pressed in time and it only goes on: whoever is at Meta when the link expires does not come back for nothing.</param>
    public string? RefusalOf(StoredLink? link, string? browser, Guid? attempt = null, bool isUnderWay = false) => link?.At(time.GetUtcNow()).State switch
    {
        null => ErrorCodes.LinkUnknown,
        SetupLink.Used when attempt is { } mine && IsOf(link, mine) && LinkBrowser.IsSame(link.BrowserHash, browser) => null,
        SetupLink.Used => ErrorCodes.LinkUsed,
        SetupLink.Revoked => ErrorCodes.LinkRevoked,
        SetupLink.Expired when isUnderWay && LinkBrowser.IsSame(link.BrowserHash, browser) => null,
        SetupLink.Expired => ErrorCodes.LinkExpired,
        SetupLink.Pressed when !LinkBrowser.IsSame(link.BrowserHash, browser) => ErrorCodes.LinkInUse,
        _ => null,
    };

    /// <summary>The link of a state, if the browser that comes back may finish it.</summary>
    public async Task<(StoredLink? Link, string? Refusal)> OfStateAsync(ConnectState state, string? browser)
    {
        var link = await links.FindAsync(state.Account, state.LinkId!.Value).ConfigureAwait(false);
        return (link, RefusalOf(link, browser, state.AttemptId, isUnderWay: true));
    }

    /// <summary>Whether an attempt, or the question that it answers, is the one that claimed the link last.</summary>
    public static bool IsOf(StoredLink link, Guid attempt) => link.Link.AttemptId == attempt || link.Link.AttemptId == ConnectAttempts.ChoiceOf(link.AccountId, attempt);

    /// <summary>Binds a link to the browser that presses, if none did before. The code of the refusal; null when it is bound to this one.</summary>
    public async Task<string?> PressAsync(StoredLink link, string browser)
    {
        var refusal = RefusalOf(link, browser) ?? await BusyAsync(link, null).ConfigureAwait(false);
        if (refusal is not null || link.BrowserHash is not null)
            return refusal;
        var now = time.GetUtcNow();
        var (stored, _) = await links.ChangeAsync(link.AccountId, link.Link.Id, newest => RefusalOf(newest, browser) is null && newest.BrowserHash is null
            ? newest with { BrowserHash = browser, Link = newest.Link with { PressedAt = now } }
            : null).ConfigureAwait(false);
        return RefusalOf(stored, browser);
    }

    /// <summary>Runs an attempt's story if the link lets it: claimed before anything is exchanged, spent when something is connected.</summary>
    /// <param name="link">The link.</param>
    /// <param name="browser">The hash of the browser that asks.</param>
    /// <param name="asked">Of a choice: the attempt that asked.</param>
    public StoryGuard Guard(Guid link, string browser, Guid? asked = null) => async (run, story) =>
    {
        var (label, refusal) = await ClaimAsync(run, link, browser, asked).ConfigureAwait(false);
        if (refusal is not null)
            return new ConnectResult(refusal);

        // Whoever is signed in to another account in this browser has nothing to do with it.
        Actor.Leave();
        using var actor = Actor.Enter(Actor.Link, run.Account, label);
        var result = await story().ConfigureAwait(false);
        if (AttemptView.IsSaved(result.Code))
            await SpendAsync(run.Account, link, run.Attempt.Id).ConfigureAwait(false);
        return result;
    };

    /// <summary>Whom the link was made for, once it is claimed; else the code of the refusal.</summary>
    private async Task<(string? Label, string? Refusal)> ClaimAsync(ConnectRun run, Guid id, string browser, Guid? asked)
    {
        var link = await links.FindAsync(run.Account, id).ConfigureAwait(false);
        if (RefusalOf(link, browser, isUnderWay: true) is { } refusal)
            return (null, refusal);
        var before = link!.Link.AttemptId;
        if (asked is not null && before != asked)
            return (null, ErrorCodes.ChoiceOver);
        if (await BusyAsync(link, asked).ConfigureAwait(false) is { } busy)
            return (null, busy);
        var (stored, claimed) = await links.ChangeAsync(run.Account, id, newest =>
            RefusalOf(newest, browser, isUnderWay: true) is null && LinkBrowser.IsSame(newest.BrowserHash, browser) && newest.Link.AttemptId == before
                ? newest with { Link = newest.Link with { AttemptId = run.Attempt.Id } }
                : null).ConfigureAwait(false);
        return claimed ? (link.Link.Label, null) : (null, RefusalOf(stored, browser, isUnderWay: true) ?? ErrorCodes.StateUsed);
    }

    /// <summary>What the attempt that claimed it last stands against another one: it runs, or it has connected, though it may have died before it said so.</summary>
    private async Task<string?> BusyAsync(StoredLink link, Guid? asked)
    {
        if (link.Link.AttemptId is not { } before || before == asked)
            return null;
        if (await attempts.FindAsync(link.AccountId, before, CancellationToken.None).ConfigureAwait(false) is not { } attempt)
            return null;
        if (!AttemptView.IsSaved(attempt.Outcome))
            return attempt.Outcome is null ? ErrorCodes.StateUsed : null;
        await SpendAsync(link.AccountId, link.Link.Id, before).ConfigureAwait(false);
        return ErrorCodes.LinkUsed;
    }

    /// <summary>What is connected stays so, whatever goes wrong in here: the next press finds the attempt and spends the link.</summary>
    private async Task SpendAsync(AccountId account, Guid id, Guid attempt)
    {
        try
        {
            var now = time.GetUtcNow();
            if (await links.FindAsync(account, id).ConfigureAwait(false) is not { Link.UsedAt: null } link)
                return;
            await numbers.WriteAsync(account, _ => [], [LinkEvents.Of(account, AccountEvent.LinkUsed, id, link.Link.Label, now) with { Origin = Actor.Link }], CancellationToken.None).ConfigureAwait(false);
            await links.ChangeAsync(account, id, newest => newest.Link.UsedAt is null && newest.Link.AttemptId == attempt
                ? newest with { Link = newest.Link with { UsedAt = now } }
                : null).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotSpent(exception, account.ToString(), id);
        }
    }

    [LoggerMessage(1340, LogLevel.Error, "Account {Account}: link {Link} has connected, and that could not be noted; its next press will")]
    private partial void LogNotSpent(Exception exception, string account, Guid link);
}
