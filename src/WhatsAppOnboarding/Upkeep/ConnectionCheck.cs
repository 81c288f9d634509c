using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Proves anew what is believed of an account's numbers: of each WABA, with the account's own token, whether Meta still shows the numbers, how they are, and whether
/// the app is still subscribed; a lost subscription is made again, once. Only a definite answer changes anything.
/// </summary>
internal sealed partial class ConnectionCheck(
    IGraphClient graph,
    NumberAuthority numbers,
    NumberSealing protection,
    WabaSubscription subscription,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time,
    ILogger<ConnectionCheck> logger)
{
    // Somebody who removes it again and again means it: then it is for a person to say.
    private static readonly TimeSpan RepairedEvery = TimeSpan.FromDays(1);

    public async Task RunAsync(AccountId account, IReadOnlyCollection<PhoneNumber> due, TimeSpan interval, CancellationToken deadline)
    {
        // Those that have waited longest first, and none that there is no time to ask about: they stay due, and come first in the next turn.
        foreach (var group in due.OrderBy(number => number.Evidence.ListedAt).GroupBy(number => (number.WabaId, Token: protection.OpenUsable(number)?.Reveal())).TakeWhile(_ => !deadline.IsCancellationRequested))
        {
            var (asked, startedAt) = (group.ToArray(), time.GetUtcNow());
            var result = group.Key.Token is null ? NotAsked(asked) : await AskAsync(group.Key.WabaId, AccessToken.Parse(group.Key.Token), asked, deadline).ConfigureAwait(false);

            // Until a lost subscription is made again messages are lost: who comes next, should this be the last that is heard of this one, comes soon.
            var isToRepair = result.IsSubscribed is false && MayRepair(asked, startedAt);
            var write = await numbers.WriteAsync(
                account,
                read => [.. asked.Select(number => Current(read, number)).OfType<PhoneNumber>().Select(number => result.Apply(number) is { IsHeld: true } held ? held.CheckEnded(result.IsWhole && !isToRepair && !held.AwaitsProof, interval, startedAt) : result.Apply(number))],
                CancellationToken.None).ConfigureAwait(false);
            foreach (var refused in write.After.Numbers.Where(number => number is { IsHeld: true, Evidence.IsRefused: true } && write.Before.Find(number.PhoneNumberId) is { Evidence.IsRefused: false }))
                LogRefused(account.ToString(), refused.PhoneNumberId.ToString());
            if (isToRepair)
                await RepairAsync(group.Key.WabaId, AccessToken.Parse(group.Key.Token!), [.. asked.Select(number => Current(write.After, number)).OfType<PhoneNumber>()], result.IsWhole, interval, deadline).ConfigureAwait(false);
        }
    }

    /// <summary>The number as it is now, if it is still the one that Meta was asked about.</summary>
    private static PhoneNumber? Current(AccountPhoneNumbers read, PhoneNumber asked) =>
        read.Find(asked.PhoneNumberId) is { IsHeld: true } current && current.Generation == asked.Generation ? current : null;

    /// <summary>
    /// A token that has ended, or cannot be opened here, proves nothing. That it cannot be opened is true of this node and is never written down; but while others hold
    /// the number, too, deliveries would wait for an answer for ever.
    /// </summary>
    private CheckResult NotAsked(PhoneNumber[] asked)
    {
        var now = time.GetUtcNow();
        var isOver = asked[0].TokenExpiresAt <= now;
        if (!isOver)
            LogUnreadable(asked[0].AccountId.ToString(), asked[0].WabaId.ToString());
        return new CheckResult(number => isOver && (number.IsShared || number.AwaitsProof) ? number.Answered(false, now) : number.IsShared ? number.Unreadable(now) : number, IsWhole: true);
    }

    private async Task<CheckResult> AskAsync(WabaId waba, AccessToken token, PhoneNumber[] asked, CancellationToken deadline)
    {
        var askedAt = time.GetUtcNow();
        var isThorough = asked.Any(number => NumberSchedule.IsThorough(number, askedAt));
        var shown = await ShownAsync(waba, token, asked, isThorough, deadline).ConfigureAwait(false);
        if (!shown.Succeeded)
        {
            var isLost = shown.Error is { IsLoss: true };
            var isStopped = NumberReasons.Stops.Contains(shown.Code);
            return new CheckResult(number => number.Evidence.IsAnsweredSince(askedAt) ? number
                : isLost ? number.Answered(false, askedAt, shown.Code)
                : isStopped ? number.Stopped(shown.Code, askedAt)
                : number, IsWhole: isLost || isStopped);
        }

        var apps = await graph.RunAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        var ours = apps.Value?.FirstOrDefault(app => app.AppId == options.CurrentValue.AppId);
        var isSubscribed = !apps.Succeeded ? (bool?)null : ours is not null ? true : apps.IsCutShort ? null : false;
        if (ours is not null && isThorough && asked.All(number => number.UnprovedSince is null))
            await subscription.MendAsync(waba, token, ours, deadline).ConfigureAwait(false);
        return new CheckResult(number => Applied(number, shown.Value, isSubscribed, askedAt), isSubscribed is not null && !shown.IsCutShort, isSubscribed);
    }

    private PhoneNumber Applied(PhoneNumber number, Shown shown, bool? isSubscribed, DateTimeOffset askedAt)
    {
        var now = time.GetUtcNow();
        var seen = shown.Facts.TryGetValue(number.PhoneNumberId, out var facts) ? number.Seen(facts, askedAt, now)
            : shown.Gone.Contains(number.PhoneNumberId) ? number.Disconnected(DisconnectReasons.GoneAtMeta, now, tokenKeptUntil: number.UnprovedSince is null ? now + LeavingTransitions.TokenKept : null)
            : number;
        if (!seen.IsHeld)
            return number.UnprovedSince is null || isSubscribed is false || shown.Facts.Count > 0 ? seen : seen.StillSubscribed(now);
        seen = shown.Moved is { } moved ? seen.Moved(moved.Contains(number.PhoneNumberId), now) : seen;
        seen = shown.HealthErrors is { } errors ? seen.InHealth(errors, askedAt) : seen;
        return isSubscribed switch
        {
            true => seen.Subscribed(askedAt).Proved(shown.Listed.Contains(number.PhoneNumberId)),
            false when seen.UnprovedSince is not null => seen.Disconnected(DisconnectReasons.NotSubscribedAfterRestore, now),
            false when !(seen.Evidence.SubscribedAt > askedAt) => seen.Unsubscribed(now),
            _ => seen,
        };
    }

    /// <summary>
    /// One number is read by itself, with its health, and every other day it is looked whether its WABA still lists it; several are listed, and the health of their WABA is read.
    /// </summary>
    private async Task<StepResult<Shown>> ShownAsync(WabaId waba, AccessToken token, PhoneNumber[] asked, bool isThorough, CancellationToken deadline)
    {
        var isRefused = false;
        if (asked is [var only])
        {
            var read = await graph.RunAsync(WhatsAppCalls.ReadNumber(token, only.PhoneNumberId), deadline).ConfigureAwait(false);
            if (read.Succeeded)
            {
                var alone = new Shown(new() { [only.PhoneNumberId] = read.Value.Number }, [], read.Value is { CanSendMessage: null, Health: [] } ? null : new WabaHealth(read.Value.Health).Codes);
                return isThorough ? await WithMovedAsync(alone, waba, token, only, deadline).ConfigureAwait(false) : new StepResult<Shown>(alone);
            }

            // Whether the number is gone or the token no longer opens its WABA, the list says.
            if (read.Error is not { IsLoss: true } || read.Code is ErrorCodes.TokenInvalid)
                return new StepResult<Shown>(read.Code, read.Error);
            isRefused = true;
        }

        var listed = await graph.RunAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded)
            return new StepResult<Shown>(listed.Code, listed.Error);
        var facts = listed.Value.DistinctBy(one => one.Id).ToDictionary(one => one.Id);
        PhoneNumberId[] ids = [.. facts.Keys];
        var (gone, moved, isCutShort) = (new HashSet<PhoneNumberId>(), new HashSet<PhoneNumberId>(), listed.IsCutShort);
        foreach (var missing in listed.IsCutShort ? [] : asked.Where(number => !facts.ContainsKey(number.PhoneNumberId)))
        {
            // That it is gone is believed when it cannot be read either; where it can, it is in another WABA.
            var read = isRefused ? null : await graph.RunAsync(NumberCalls.ReadNumber(token, missing.PhoneNumberId), deadline).ConfigureAwait(false);
            if (read is null or { Error.IsLoss: true })
                gone.Add(missing.PhoneNumberId);
            else if (read.Succeeded && moved.Add(missing.PhoneNumberId))
                facts[missing.PhoneNumberId] = read.Value;
            isCutShort |= read is { Succeeded: false, Error.IsLoss: not true };
        }

        var health = gone.Count == asked.Length ? null : await graph.RunAsync(NumberCalls.ReadHealth(token, waba), deadline).ConfigureAwait(false);
        return new StepResult<Shown>(new Shown(facts, gone, health?.Value?.Codes) { Moved = isCutShort ? null : moved, Listed = ids }) { IsCutShort = isCutShort };
    }

    /// <summary>A number that can be read, and whose WABA does not list it, or is not shown any more, is in another one.</summary>
    private async Task<StepResult<Shown>> WithMovedAsync(Shown shown, WabaId waba, AccessToken token, PhoneNumber only, CancellationToken deadline)
    {
        var listed = await graph.RunAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded && (listed.Error is not { IsLoss: true } || listed.Code is ErrorCodes.TokenInvalid))
            return new StepResult<Shown>(listed.Code, listed.Error);
        var isListed = listed.Value?.Any(one => one.Id == only.PhoneNumberId) is true;
        return new StepResult<Shown>(shown with { Listed = isListed ? [only.PhoneNumberId] : [], Moved = isListed ? [] : listed.IsCutShort ? null : [only.PhoneNumberId] });
    }

    private static bool MayRepair(PhoneNumber[] lost, DateTimeOffset now) => !lost.Any(number => number.UnprovedSince is not null || number.Evidence.ResubscribedAt > now - RepairedEvery);

    private async Task RepairAsync(WabaId waba, AccessToken token, PhoneNumber[] lost, bool isWhole, TimeSpan interval, CancellationToken deadline)
    {
        var now = time.GetUtcNow();
        if (lost.Length == 0)
            return;
        var again = await subscription.SubscribeForAsync(lost[0].AccountId, waba, token, deadline).ConfigureAwait(false);
        var isOver = isWhole && (again.Succeeded || again.IsRefused);
        await numbers.WriteAsync(
            lost[0].AccountId,
            read => [.. lost.Select(number => Current(read, number)).OfType<PhoneNumber>()
                .Select(number => again.Succeeded ? number.Resubscribed(now) : number.With(again, now))
                .Select(number => isOver ? number.CheckEnded(isWhole: true, interval, now) : number)],
            CancellationToken.None).ConfigureAwait(false);
        LogRepaired(lost[0].AccountId.ToString(), waba.ToString(), again.Code ?? "ok");
    }

    /// <summary>What Meta shows of the numbers that were asked about.</summary>
    private sealed record Shown(Dictionary<PhoneNumberId, NumberFacts> Facts, HashSet<PhoneNumberId> Gone, IReadOnlyList<int>? HealthErrors)
    {
        /// <summary>Those that are in another WABA; null where that was not looked at.</summary>
        public IReadOnlyCollection<PhoneNumberId>? Moved { get; init; }

        /// <summary>Those that their WABA lists, as far as that was looked at.</summary>
        public IReadOnlyCollection<PhoneNumberId> Listed { get; init; } = [];
    }

    /// <summary>What a check says of each of its numbers, whether Meta answered all that was asked, and whether the app is subscribed; null when that is not known.</summary>
    private sealed record CheckResult(Func<PhoneNumber, PhoneNumber> Apply, bool IsWhole, bool? IsSubscribed = null);

    [LoggerMessage(1574, LogLevel.Warning, "Account {Account}: Meta does not show the number {Number} to its token any more; the account must connect again")]
    private partial void LogRefused(string account, string number);

    [LoggerMessage(1620, LogLevel.Error, "Account {Account}: the token of WABA {Waba} cannot be opened here, so nothing of it is proved. Are the Data Protection keys of this node those with which it was sealed?")]
    private partial void LogUnreadable(string account, string waba);

    [LoggerMessage(1621, LogLevel.Warning, "Account {Account}: the app was not subscribed to WABA {Waba} any more and was subscribed again: {Result}")]
    private partial void LogRepaired(string account, string waba, string result);
}
