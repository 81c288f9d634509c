using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Stores;

internal sealed class ConsistencyCheck(NumberAuthority store, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    private const int Tries = 5;

    public async Task<IReadOnlyList<Finding>> CheckAsync(AccountId account, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await store.ReadAsync(account, cancellationToken).ConfigureAwait(false);
            Finding[] violations =
            [
                .. Numbers(before),
                .. Reference(before),
                .. await CopiesAsync(before, cancellationToken).ConfigureAwait(false),
                .. await SharedAsync(before, cancellationToken).ConfigureAwait(false),
            ];

            // Several reads make one picture only if nobody wrote between them.
            if (violations.Length == 0 || attempt == Tries
                || (await store.ReadAsync(account, cancellationToken).ConfigureAwait(false)).Reference.Version == before.Reference.Version)
                return violations;
        }
    }

    private Finding Broken(string code, string text, PhoneNumberId? number = null) =>
        new() { Code = code, At = time.GetUtcNow(), Message = text, Subject = number?.ToString() };

    private IEnumerable<Finding> Numbers(AccountPhoneNumbers account)
    {
        foreach (var number in account.Numbers)
        {
            if (AccountPhoneNumbers.Violation(number) is { } rule)
                yield return Broken("number_rule", rule, number.PhoneNumberId);
            if (number.IsOverdue(time.GetUtcNow()))
                yield return Broken("token_kept_too_long", "A disconnected number kept its token beyond its time.", number.PhoneNumberId);
            if (number.ConnectSequence > account.Reference.ConnectSequence)
                yield return Broken("sequence_wrong", "A number was connected later than the account says.", number.PhoneNumberId);
            if (number is { IsHeld: true, Evidence.SubscribedAt: null } && number.OpenSteps.All(step => step.Step != StepNames.Subscribe))
                yield return Broken("not_subscribed", "A held number was never subscribed and no step says so.", number.PhoneNumberId);
        }
    }

    private IEnumerable<Finding> Reference(AccountPhoneNumbers account)
    {
        if (account.Reference.WabaId != AccountWabaReference.Derive(account.Numbers))
            yield return Broken("reference_wrong", "The account's WABA id is not the one that its numbers say.");
    }

    private async Task<IReadOnlyList<Finding>> CopiesAsync(AccountPhoneNumbers account, CancellationToken cancellationToken)
    {
        var violations = new List<Finding>();
        foreach (var copies in await store.ReadCopiesAsync(account.Reference.AccountId, cancellationToken).ConfigureAwait(false))
        {
            if (copies.Count == 0 && account.Reference.WabaId is not null)
                violations.Add(Broken("copy_missing", "The host has no row for the account to keep the WABA id in."));
            if (copies.Any(copy => copy != account.Reference.WabaId))
                violations.Add(Broken("copy_wrong", "The host's copy of the WABA id is not the derived one."));
        }

        return violations;
    }

    private async Task<IReadOnlyList<Finding>> SharedAsync(AccountPhoneNumbers account, CancellationToken cancellationToken)
    {
        PhoneNumberId[] held = [.. account.Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId)];
        if (options.Value.SharedNumbers is SharedNumbersPolicy.Allow || held.Length == 0)
            return [];

        var holders = await store.FindHeldAsync(held, cancellationToken).ConfigureAwait(false);
        return [.. holders
            .Where(number => number.AccountId != account.Reference.AccountId)
            .Select(number => number.PhoneNumberId)
            .Distinct()
            .Select(number => Broken("number_taken", "Another account holds the number, which the policy forbids.", number))];
    }
}
