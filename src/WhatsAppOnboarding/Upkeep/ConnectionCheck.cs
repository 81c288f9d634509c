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
        foreach (var group in due.GroupBy(number => (number.WabaId, Token: protection.OpenUsable(number)?.Reveal())))
        {
            var asked = group.ToArray();
            var startedAt = time.GetUtcNow();
            var result = group.Key.Token is null ? NotAsked(asked) : await AskAsync(group.Key.WabaId, AccessToken.Parse(group.Key.Token), asked, deadline).ConfigureAwait(false);
            var write = await numbers.WriteAsync(
                account,
                read => [.. asked.Select(number => Current(read, number)).OfType<PhoneNumber>().Select(number => result.Apply(number).CheckEnded(result.IsWhole, interval, startedAt))],
                CancellationToken.None).ConfigureAwait(false);
            foreach (var refused in write.After.Numbers.Where(number => number is { IsHeld: true, Evidence.IsRefused: true } && write.Before.Find(number.PhoneNumberId) is { Evidence.IsRefused: false }))
                LogRefused(account.ToString(), refused.PhoneNumberId.ToString());
            if (result.IsSubscribed is false)
                await RepairAsync(group.Key.WabaId, AccessToken.Parse(group.Key.Token!), [.. asked.Select(number => Current(write.After, number)).OfType<PhoneNumber>()], deadline).ConfigureAwait(false);
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
        if (!(asked[0].TokenExpiresAt <= now))
            LogUnreadable(asked[0].AccountId.ToString(), asked[0].WabaId.ToString());
        var isOver = asked[0].TokenExpiresAt <= now;
        return new CheckResult(number => !number.IsShared ? number : isOver ? number.Answered(false, now) : number.Unreadable(now)) { IsWhole = true };
    }

    private async Task<CheckResult> AskAsync(WabaId waba, AccessToken token, PhoneNumber[] asked, CancellationToken deadline)
    {
        var askedAt = time.GetUtcNow();
        var shown = await ShownAsync(waba, token, asked, deadline).ConfigureAwait(false);
        if (!shown.Succeeded)
        {
            var isLost = shown.Error is { IsLoss: true };
            return new CheckResult(number => isLost && !number.Evidence.IsAnsweredSince(askedAt) ? number.Answered(false, askedAt) : number) { IsWhole = isLost };
        }

        var apps = await graph.RunAsync(after => SubscriptionCalls.ListSubscribedApps(token, waba, after), deadline).ConfigureAwait(false);
        var isSubscribed = !apps.Succeeded ? (bool?)null
            : apps.Value.Any(app => app.AppId == options.CurrentValue.AppId && subscription.IsAsWanted(waba, app)) ? true
            : apps.IsCutShort ? null
            : false;
        return new CheckResult(number => Applied(number, shown.Value, isSubscribed, askedAt)) { IsWhole = isSubscribed is not null && !shown.IsCutShort, IsSubscribed = isSubscribed };
    }

    private PhoneNumber Applied(PhoneNumber number, Shown shown, bool? isSubscribed, DateTimeOffset askedAt)
    {
        var now = time.GetUtcNow();
        var seen = shown.Facts.TryGetValue(number.PhoneNumberId, out var facts) ? number.Seen(facts, askedAt, now)
            : shown.Gone.Contains(number.PhoneNumberId) ? number.Disconnected(DisconnectReasons.GoneAtMeta, now)
            : number;
        if (!seen.IsHeld)
            return seen;
        seen = shown.HealthErrors is { } errors ? seen.InHealth(errors, askedAt) : seen;
        return isSubscribed switch
        {
            true => seen.Subscribed(askedAt),
            false when !(seen.Evidence.SubscribedAt > askedAt) => seen.Unsubscribed(now),
            _ => seen,
        };
    }

    /// <summary>One number is read by itself, with its health; several are listed, and the health of their WABA is read.</summary>
    private async Task<StepResult<Shown>> ShownAsync(WabaId waba, AccessToken token, PhoneNumber[] asked, CancellationToken deadline)
    {
        var isRefused = false;
        if (asked is [var only])
        {
            var read = await graph.RunAsync(WhatsAppCalls.ReadNumber(token, only.PhoneNumberId), deadline).ConfigureAwait(false);
            if (read.Succeeded)
                return new StepResult<Shown>(new Shown(new() { [only.PhoneNumberId] = read.Value.Number }, [], CodesOf(read.Value.Health)));

            // Whether the number is gone or the token no longer opens its WABA, the list says.
            if (read.Error is not { IsLoss: true } || read.Code is ErrorCodes.TokenInvalid)
                return new StepResult<Shown>(read.Code, read.Error);
            isRefused = true;
        }

        var listed = await graph.RunAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
        if (!listed.Succeeded)
            return new StepResult<Shown>(listed.Code, listed.Error);
        var facts = listed.Value.DistinctBy(one => one.Id).ToDictionary(one => one.Id);
        var gone = new HashSet<PhoneNumberId>();
        foreach (var missing in listed.IsCutShort ? [] : asked.Where(number => !facts.ContainsKey(number.PhoneNumberId)))
        {
            // That it is not listed any more is believed when it cannot be read either.
            if (isRefused || (await graph.RunAsync(NumberCalls.ReadNumber(token, missing.PhoneNumberId), deadline).ConfigureAwait(false)).Error is { IsLoss: true })
                gone.Add(missing.PhoneNumberId);
        }

        var health = await graph.RunAsync(NumberCalls.ReadHealth(token, waba), deadline).ConfigureAwait(false);
        return new StepResult<Shown>(new Shown(facts, gone, health.Value is { } said ? CodesOf(said.Health) : null)) { IsCutShort = listed.IsCutShort };
    }

    private static IReadOnlyList<int> CodesOf(IEnumerable<HealthFinding> health) => [.. health.Select(finding => finding.Code).OfType<int>()];

    private async Task RepairAsync(WabaId waba, AccessToken token, PhoneNumber[] lost, CancellationToken deadline)
    {
        var now = time.GetUtcNow();
        if (lost.Length == 0 || lost.Any(number => number.Evidence.ResubscribedAt > now - RepairedEvery))
            return;
        var again = await subscription.SubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        await numbers.WriteAsync(
            lost[0].AccountId,
            read => [.. lost.Select(number => Current(read, number)).OfType<PhoneNumber>().Select(number => again.Succeeded ? number.Resubscribed(now) : number.With(again, now))],
            CancellationToken.None).ConfigureAwait(false);
        LogRepaired(lost[0].AccountId.ToString(), waba.ToString(), again.Code ?? "ok");
    }

    /// <summary>What Meta shows of the numbers that were asked about.</summary>
    private sealed record Shown(Dictionary<PhoneNumberId, NumberFacts> Facts, HashSet<PhoneNumberId> Gone, IReadOnlyList<int>? HealthErrors);

    /// <summary>What a check says of each of its numbers.</summary>
    private sealed record CheckResult(Func<PhoneNumber, PhoneNumber> Apply)
    {
        /// <summary>Whether Meta answered all that was asked.</summary>
        public bool IsWhole { get; init; }

        /// <summary>Whether the app is subscribed; null when that is not known.</summary>
        public bool? IsSubscribed { get; init; }
    }

    [LoggerMessage(1574, LogLevel.Warning, "Account {Account}: Meta does not show the number {Number} to its token any more; the account must connect again")]
    private partial void LogRefused(string account, string number);

    [LoggerMessage(1620, LogLevel.Error, "Account {Account}: the token of WABA {Waba} cannot be opened here, so nothing of it is proved. Are the Data Protection keys of this node those with which it was sealed?")]
    private partial void LogUnreadable(string account, string waba);

    [LoggerMessage(1621, LogLevel.Warning, "Account {Account}: the app was not subscribed to WABA {Waba} any more and was subscribed again: {Result}")]
    private partial void LogRepaired(string account, string waba, string result);
}
