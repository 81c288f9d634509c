using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Compares what is kept of an account with its own rules, with the host's copies and with Meta. Looking changes nothing, here or there; a repair mends what is ours
/// and leaves what is the customer's.
/// </summary>
internal sealed class Reconciliation(
    ConsistencyCheck books,
    NumberAuthority numbers,
    AttemptRecords attempts,
    IGraphClient graph,
    NumberSealing protection,
    WabaSubscription subscription,
    DisconnectFlow disconnect,
    AttemptUndo undo,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time)
{
    private const int Attempts = 200;

    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(60);

    /// <summary>What differs; after a repair, what is left.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(AccountId account, bool repair, bool asksMeta, CancellationToken cancellationToken)
    {
        var compared = await CompareAsync(account, asksMeta, cancellationToken).ConfigureAwait(false);
        if (!repair || compared.Differences.Count == 0)
            return compared.Differences;
        await RepairBooksAsync(account, [.. compared.Differences.Select(found => found.Code)]).ConfigureAwait(false);
        if (asksMeta)
            await RepairAtMetaAsync(account, compared).ConfigureAwait(false);
        return (await CompareAsync(account, asksMeta, cancellationToken).ConfigureAwait(false)).Differences;
    }

    private async Task<Compared> CompareAsync(AccountId account, bool asksMeta, CancellationToken cancellationToken)
    {
        var compared = new Compared(time);
        compared.Add(await books.CheckAsync(account, cancellationToken).ConfigureAwait(false));
        if (!asksMeta)
            return compared;
        using var limit = new CancellationTokenSource(MetaDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        foreach (var group in read.Numbers.Where(number => number.IsHeld).GroupBy(number => (number.WabaId, Token: protection.OpenUsable(number)?.Reveal())))
            await AskAsync(compared, read, group.Key.WabaId, group.Key.Token, [.. group], either.Token).ConfigureAwait(false);
        compared.AddUnlisted();
        await AddLeftAsync(compared, read, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return compared;
    }

    private async Task AskAsync(Compared compared, AccountPhoneNumbers read, WabaId waba, string? text, PhoneNumber[] held, CancellationToken deadline)
    {
        if (text is null)
        {
            compared.Add(compared.Found(Finding.WabaUnread, waba, "No token of the account that opens here can read the WABA.", "The account connects again.", ErrorCodes.TokenUnreadable));
            return;
        }

        var token = AccessToken.Parse(text);
        var listed = await graph.RunAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded)
        {
            compared.Add(compared.Found(Finding.WabaUnread, waba, "Meta does not list the numbers of the WABA.", "Upkeep asks again. Where Meta refuses, the account connects again.", listed.Code));
            return;
        }

        foreach (var one in listed.Value)
        {
            compared.ListedUnder[one.Id] = waba;
            if (read.Find(one.Id) is not { IsHeld: true })
                compared.Add(compared.Found("number_not_held", one.Id, "Meta lists the number in a WABA of the account, and the account has not connected it.", "Nothing: whether to connect it is for the account to say."));
        }

        if (listed.IsCutShort)
            compared.Add(compared.Found(Finding.WabaUnread, waba, "Meta's list of the numbers of the WABA could not be read whole.", "Upkeep asks again.", ErrorCodes.MetaUnreadable));
        else
            compared.Missing.AddRange(held.Where(number => listed.Value.All(one => one.Id != number.PhoneNumberId)));
        await AskForSubscriptionAsync(compared, waba, token, held, deadline).ConfigureAwait(false);
    }

    private async Task AskForSubscriptionAsync(Compared compared, WabaId waba, AccessToken token, PhoneNumber[] held, CancellationToken deadline)
    {
        var askedAt = time.GetUtcNow();
        var apps = await graph.RunAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        var ours = apps.Value?.FirstOrDefault(app => app.AppId == options.CurrentValue.AppId);
        if (ours is null && (!apps.Succeeded || apps.IsCutShort))
        {
            compared.Add(compared.Found(Finding.WabaUnread, waba, "Meta does not show, or not wholly, which apps are subscribed to the WABA.", "Upkeep asks again. Where Meta refuses, the account connects again.", apps.Code ?? ErrorCodes.MetaUnreadable));
            return;
        }

        // What a restored backup says may have been ended since: nothing is made again before it is proved.
        var (isThere, isProved) = (ours is not null, held.All(number => number.UnprovedSince is null));
        if (ours is not null && !subscription.IsAsWanted(waba, ours))
        {
            compared.Add(compared.Found("webhook_address_differs", waba, "The app is subscribed to the WABA, and its messages go to another address than UseWebhookOverride gives.", "A repair sets it; upkeep does every other day."));
            if (isProved)
                compared.Elsewhere.Add((waba, token, ours));
        }

        if (!isThere)
        {
            compared.Add(compared.Found("subscription_missing", waba, "The app is not subscribed to the WABA.", "A repair subscribes it."));
            if (isProved)
                compared.Unsubscribed.Add((waba, token, held));
        }

        PhoneNumber[] unproved = [.. held.Where(number => number.Evidence.SubscribedAt is null || number.IsOpen(StepNames.Subscribe))];
        if (isThere && unproved.Length > 0)
        {
            compared.Add(compared.Found("subscription_not_recorded", waba, "The app is subscribed to the WABA, and it is kept that it is not.", "A repair records it."));
            compared.Unrecorded.AddRange(unproved.Select(number => (number, askedAt)));
        }
    }

    /// <summary>What was begun at Meta and belongs to nobody: of disconnects and of attempts.</summary>
    private async Task AddLeftAsync(Compared compared, AccountPhoneNumbers read, CancellationToken cancellationToken)
    {
        foreach (var leaving in read.Numbers.Where(number => !number.IsHeld && number.Token is not null))
        {
            foreach (var open in leaving.OpenSteps.Where(open => open.Step is StepNames.Unsubscribe))
                compared.Add(compared.Found("unsubscribe_open", leaving.WabaId, "The account disconnected, and the app is not unsubscribed from the WABA yet.", "A repair tries it now; upkeep does later.", open.Code));
        }

        WabaId[] given = [.. read.Numbers.Where(number => !number.IsHeld && number.Findings.Any(finding => finding.Code is Finding.StillSubscribed)).Select(number => number.WabaId).Distinct()];
        var held = given.Length == 0 ? [] : await numbers.FindHeldAsync(given, cancellationToken).ConfigureAwait(false);
        foreach (var waba in given.Except(held.Select(number => number.WabaId)))
            compared.Add(compared.Found(Finding.StillSubscribed, waba, "The app may still be subscribed to the WABA, which nobody holds, and no token is left.", "The customer removes the app at business.facebook.com."));

        // One that has ended and is still to be undone, or that nobody has ended.
        var now = time.GetUtcNow();
        var ended = await attempts.ListAsync(read.Reference.AccountId, Attempts, cancellationToken).ConfigureAwait(false);
        compared.Undone = [.. ended.Where(attempt => attempt.UndoAt is { } at && (attempt.Outcome is not null || at <= now) && attempt.Steps.Any(step => step.Step is StepNames.Subscribe or StepNames.Unsubscribe))];
        compared.Add([.. compared.Undone.Select(attempt => compared.Found("attempt_not_undone", attempt.Id, "An attempt ended, and what it began at Meta is not undone yet.", "A repair tries it now; upkeep does later."))]);
    }

    private async Task RepairBooksAsync(AccountId account, string[] codes)
    {
        // Every write derives the reference anew and stages the copies; a host without a row for the account cannot take any.
        if (codes.Contains("copy_missing") || !codes.Any(code => code is "reference_wrong" or "copy_wrong" or "sequence_wrong"))
            return;
        await numbers.WriteAsync(account, read => [.. read.Numbers.Where(number => AccountPhoneNumbers.Violation(number) is null).Take(1)], CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RepairAtMetaAsync(AccountId account, Compared compared)
    {
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        foreach (var (waba, token, held) in compared.Unsubscribed)
        {
            var subscribed = await subscription.SubscribeForAsync(account, waba, token, deadline.Token).ConfigureAwait(false);
            var now = time.GetUtcNow();
            await WriteAsync(account, held, number => subscribed.Succeeded ? number.Resubscribed(now) : number.With(subscribed, now)).ConfigureAwait(false);
        }

        foreach (var (waba, token, shown) in compared.Elsewhere)
            await subscription.MendAsync(waba, token, shown, deadline.Token).ConfigureAwait(false);
        foreach (var (number, askedAt) in compared.Unrecorded)
            await WriteAsync(account, [number], current => current.Subscribed(askedAt)).ConfigureAwait(false);
        var read = await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false);
        if (read.Numbers.Any(number => number is { IsHeld: false, Token: not null }))
            await disconnect.LeaveAgainAsync(read).ConfigureAwait(false);
        await undo.RunAsync(compared.Undone).ConfigureAwait(false);
    }

    private Task<PhoneNumberWrite> WriteAsync(AccountId account, PhoneNumber[] held, Func<PhoneNumber, PhoneNumber> change) => numbers.WriteAsync(
        account,
        read => [.. held.Select(number => read.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation ? change(current) : null).OfType<PhoneNumber>()],
        CancellationToken.None);
}
