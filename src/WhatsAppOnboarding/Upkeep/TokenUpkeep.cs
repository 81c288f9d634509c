using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Looks at an account's tokens every other day: whether they work and when they end; and has one that ends soon exchanged for a longer one, as far as
/// Meta does that. With it, who granted a person's token is hashed anew under the app secret of now.
/// </summary>
internal sealed partial class TokenUpkeep(
    IGraphClient graph, NumberAuthority numbers, NumberSealing protection, LibraryMetrics metrics, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<TokenUpkeep> logger)
{
    private static readonly TimeSpan ExtendedBefore = TimeSpan.FromDays(17);

    /// <summary>Returns the numbers as they are then, without those that Meta need not be asked about now, because it does not answer.</summary>
    public async Task<PhoneNumber[]> RenewAsync(AccountId account, PhoneNumber[] due, TimeSpan interval, CancellationToken deadline)
    {
        var (after, now) = (due, time.GetUtcNow());
        foreach (var group in due.Where(number => NumberSchedule.IsToInspect(number, now)).GroupBy(number => protection.OpenUsable(number)?.Reveal()).Where(group => group.Key is not null))
        {
            if (deadline.IsCancellationRequested)
                break;
            var (write, isAnswered) = await RenewAsync(account, AccessToken.Parse(group.Key!), [.. group], interval, deadline).ConfigureAwait(false);
            after = isAnswered
                ? [.. after.Select(number => write?.After.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation ? current : number)]
                : [.. after.Except(group)];
        }

        return after;
    }

    private async Task<(PhoneNumberWrite? Write, bool IsAnswered)> RenewAsync(AccountId account, AccessToken token, PhoneNumber[] held, TimeSpan interval, CancellationToken deadline)
    {
        var askedAt = time.GetUtcNow();
        var inspected = await graph.RunAsync(LoginCalls.InspectToken(token), deadline).ConfigureAwait(false);
        if (inspected.Error is { } error && error.Kind.MayPass())
            return (await WriteAsync(account, held, number => number.CheckEnded(isWhole: false, interval, askedAt)).ConfigureAwait(false), false);
        if (!inspected.Succeeded)
            return (null, true);
        if (!inspected.Value.IsValid || (inspected.Value.AppId ?? options.CurrentValue.AppId) != options.CurrentValue.AppId)
            return (await WriteAsync(account, held, number => number.Evidence.IsAnsweredSince(askedAt) ? number : number.Answered(false, askedAt)).ConfigureAwait(false), true);

        var isPersons = !string.Equals(inspected.Value.Type, "SYSTEM_USER", StringComparison.OrdinalIgnoreCase);
        var life = TokenLife.Of(inspected.Value, isPersons).OrElse(held.Min(number => number.TokenExpiresAt));
        var extended = life.Ends < askedAt + ExtendedBefore && held.All(number => number.UnprovedSince is null) ? await ExtendAsync(account, token, life, isPersons, deadline).ConfigureAwait(false) : null;
        var after = extended?.Life ?? life;
        if (after.UsableUntil is { } end)
            metrics.TokenInspected(end - askedAt);
        var grantor = isPersons && inspected.Value.UserId is { Length: > 0 } user ? GrantorHash.Of(user, options.CurrentValue.AppSecret) : null;
        return (await WriteAsync(account, held, number => number.Inspected(
            after.UsableUntil, isKnown: !after.IsUnknown, askedAt, extended is null ? null : protection.Seal(extended.Token, number.AccountId, number.PhoneNumberId), grantor)).ConfigureAwait(false), true);
    }

    private Task<PhoneNumberWrite> WriteAsync(AccountId account, PhoneNumber[] held, Func<PhoneNumber, PhoneNumber> change) => numbers.WriteAsync(
        account,
        read => [.. held.Select(number => read.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation && current.Token == number.Token ? current : null).OfType<PhoneNumber>().Select(change)],
        CancellationToken.None);

    /// <summary>Null when Meta does not extend it, or only to the same end.</summary>
    private async Task<Extended?> ExtendAsync(AccountId account, AccessToken token, TokenLife life, bool isPersons, CancellationToken deadline)
    {
        var issued = await graph.RunAsync(LoginCalls.ExtendToken(token, isSystemUsers: !isPersons), deadline).ConfigureAwait(false);
        LogExtended(account.ToString(), issued.Code ?? "ok");
        if (!issued.Succeeded)
            return null;
        if (issued.Value.ExpiresIn is not null)
            return IfLonger(issued.Value.Token, life.Renewed(issued.Value, time.GetUtcNow()), life);
        var inspected = await graph.RunAsync(LoginCalls.InspectToken(issued.Value.Token), deadline).ConfigureAwait(false);
        return inspected.Value is { IsValid: true } fresh ? IfLonger(issued.Value.Token, TokenLife.Of(fresh, isPersons), life) : null;
    }

    private static Extended? IfLonger(AccessToken token, TokenLife renewed, TokenLife life) =>
        renewed.UsableUntil is null || renewed.UsableUntil > life.UsableUntil ? new Extended(token, renewed) : null;

    private sealed record Extended(AccessToken Token, TokenLife Life)
    {
        public override string ToString() => nameof(Extended);
    }

    [LoggerMessage(1642, LogLevel.Information, "Account {Account}: a token that ends soon was to be extended: {Result}")]
    private partial void LogExtended(string account, string result);
}
