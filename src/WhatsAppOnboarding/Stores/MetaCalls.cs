using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>The log of calls as the library uses it: budgets of numbers, and releases of WABAs. Every verb runs in a scope of its own.</summary>
internal sealed class MetaCalls(IServiceScopeFactory scopes)
{
    private const string Unsubscribe = "unsubscribe";

    /// <summary>Counts a call that is about to be made, if there is one left; whether it may be made.</summary>
    public Task<bool> TakeAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.TakeAsync(new MetaCall { Kind = limit.Kind, Id = number.ToString(), At = at }, limit.Allowed, cancellationToken));

    /// <summary>How the number stands; counts nothing.</summary>
    public async Task<NumberAllowance> ReadAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var earliest = at - limit.Allowed.Window;
        var calls = await scopes.UseAsync((IMetaCallLog log) => log.FindAsync(limit.Kind, [number.ToString()], earliest, cancellationToken)).ConfigureAwait(false);
        return NumberAllowance.Of(limit, [.. calls.Select(call => call.At).Where(made => made > earliest)]);
    }

    /// <summary>
    /// Records that an unsubscribe of this WABA is about to be sent, so that a connect of the same WABA at the same time subscribes once more.
    /// </summary>
    public Task RecordReleaseAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.TakeAsync(new MetaCall { Kind = Unsubscribe, Id = waba.ToString(), At = at }, null, cancellationToken));

    /// <summary>Which of these WABAs had an unsubscribe at or after a time.</summary>
    public async Task<IReadOnlyCollection<WabaId>> FindReleasedAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        if (wabas.Count == 0)
            return [];
        string[] ids = [.. wabas.Select(waba => waba.ToString()).Distinct()];
        var calls = await scopes.UseAsync((IMetaCallLog log) => log.FindAsync(Unsubscribe, ids, since, cancellationToken)).ConfigureAwait(false);
        return [.. calls.Select(call => WabaId.Parse(call.Id)).Distinct()];
    }

    /// <summary>Removes what no window reaches any more.</summary>
    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IMetaCallLog log) => log.PruneAsync(now - NumberCallLimit.Longest, cancellationToken));
}

/// <summary>How many calls of a kind may be made to one number in a rolling window.</summary>
internal sealed record NumberCallLimit(string Kind, MetaCallLimit Allowed)
{
    /// <summary>Ten registrations in 72 hours, which is Meta's own limit.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration</remarks>
    public static NumberCallLimit Register { get; } = new("register", new() { Calls = 10, Window = TimeSpan.FromHours(72) });

    /// <summary>Five verification codes in 12 hours.</summary>
    public static NumberCallLimit RequestCode { get; } = new("request_code", new() { Calls = 5, Window = TimeSpan.FromHours(12) });

    /// <summary>Ten tries of a verification code in 12 hours.</summary>
    public static NumberCallLimit VerifyCode { get; } = new("verify_code", new() { Calls = 10, Window = TimeSpan.FromHours(12) });

    /// <summary>The longest of these windows: what is older may be forgotten.</summary>
    public static TimeSpan Longest => Register.Allowed.Window;
}

/// <summary>How the calls of one kind to one number stand.</summary>
/// <param name="Used">How many were made within the window.</param>
/// <param name="Limit">How many may be.</param>
/// <param name="NextAt">When the next one may be made; null for now.</param>
internal sealed record NumberAllowance(int Used, int Limit, DateTimeOffset? NextAt)
{
    public static NumberAllowance Of(NumberCallLimit limit, IReadOnlyCollection<DateTimeOffset> calls)
    {
        var (most, window) = (limit.Allowed.Calls, limit.Allowed.Window);
        DateTimeOffset? nextAt = calls.Count < most ? null : calls.OrderDescending().ElementAt(most - 1) + window;
        return new NumberAllowance(calls.Count, most, nextAt);
    }
}
