using Microsoft.Extensions.Options;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.SignedRequests;

/// <summary>What the word of a Facebook user changes: only numbers whose token is that person's, and never a token of a system user.</summary>
internal sealed class Grantors(IPhoneNumberStore numbers, GrantDoubt doubt, IOptionsMonitor<WhatsAppOnboardingOptions> options)
{
    /// <summary>Has the person's access looked at in every account that holds it.</summary>
    public Task DoubtAsync(SignedRequestContent request) => EachAsync(request, (_, _) => Task.CompletedTask);

    /// <summary>The same, and then forgets that it was this person.</summary>
    public Task ForgetAsync(SignedRequestContent request) => EachAsync(request, (account, hashes) => ForgetAsync(account, hashes, request));

    private async Task EachAsync(SignedRequestContent request, Func<AccountId, string[], Task> then)
    {
        var hashes = HashesOf(request.UserId);
        var granted = await numbers.FindGrantedByAsync(hashes, CancellationToken.None).ConfigureAwait(false);
        var failures = new List<Exception>();
        foreach (var account in granted.Where(number => IsMeant(number, request)).GroupBy(number => number.AccountId))
        {
            try
            {
                await doubt.RaiseAsync(account.Key, [.. account.Select(number => number.PhoneNumberId)], CancellationToken.None).ConfigureAwait(false);
                await then(account.Key, hashes).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // One account's trouble keeps nothing from the next one.
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    private string[] HashesOf(string user) =>
        [.. new[] { options.CurrentValue.AppSecret, options.CurrentValue.PreviousAppSecret }.OfType<string>().Select(secret => GrantorHash.Of(user, secret))];

    /// <summary>What was connected after the request was made is a new grant, which an old request that comes again says nothing of.</summary>
    private static bool IsMeant(PhoneNumber number, SignedRequestContent request) =>
        request.IssuedAt is not { } issued || number.ConnectedAt <= issued + SignedRequest.ClockSlack;

    private async Task ForgetAsync(AccountId account, string[] hashes, SignedRequestContent request) => await numbers.WriteAsync(
        account,
        now => [.. now.Numbers.Where(number => number.GrantedBy is { } hash && hashes.Contains(hash) && IsMeant(number, request)).Select(number => number with { GrantedBy = null })],
        CancellationToken.None).ConfigureAwait(false);
}
