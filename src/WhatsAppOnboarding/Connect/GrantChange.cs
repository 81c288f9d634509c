using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What a grant changes in an account: pure, and harmless when it is applied twice.</summary>
internal sealed record GrantChange(ListedGrant Listed, Guid Generation, IReadOnlyDictionary<PhoneNumberId, SealedToken> Tokens)
{
    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        // The commit that this change is repeated for went through after all.
        if (account.Numbers.Any(number => number.Generation == Generation))
            return [];

        var granted = Listed.Numbers.Select((pair, order) => Connect(account, pair.Waba, pair.Number, order)).ToArray();
        var others = account.Numbers.Where(number => !Tokens.ContainsKey(number.PhoneNumberId));
        return [.. granted, .. others.Select(Leave).OfType<PhoneNumber>()];
    }

    private PhoneNumber Connect(AccountPhoneNumbers account, ListedWaba waba, NumberFacts listed, int order) => account.Connected(new GrantedNumber
    {
        Facts = listed,
        WabaId = waba.Id,
        Order = order,
        Generation = Generation,
        Token = Tokens[listed.Id],
        TokenExpiresAt = Listed.Grant.ExpiresAt,
        GrantedBy = Listed.Grant.GrantedBy,
        InspectedAt = Listed.Grant.InspectedAt,
        ListedAt = Listed.ListedAt,
        ConnectedAt = Listed.ConnectedAt,
        SubscribedAt = waba.Subscription is { Succeeded: true } ? Listed.ConnectedAt : null,
        SaysCoexistence = Listed.SaysCoexistence,
        OpenSteps = waba.Subscription?.LeftOpen(Listed.ConnectedAt) ?? [],
        Findings = Listed.Grant.Findings,
    });

    /// <summary>What becomes of a number that the grant did not show; null when nothing does.</summary>
    private PhoneNumber? Leave(PhoneNumber number)
    {
        var wabaShown = Listed.WabaIds.Contains(number.WabaId);
        return number switch
        {
            // It was connected after this listing, which cannot know of it; neither may who chose from it.
            { IsHeld: true } when wabaShown && number.ConnectedAt > Listed.ListedAt => null,

            // The WABA was listed whole, and the number was not in it or is not wanted any more.
            { IsHeld: true } when wabaShown => number.Disconnected(
                IsShown(number) ? DisconnectReasons.NotChosen : DisconnectReasons.GoneAtMeta, Listed.ConnectedAt),

            // The grant did not show the WABA, which says nothing about the older token.
            { IsHeld: true } when number.Findings.All(finding => finding.Code != Finding.Check) =>
                number.WithFinding(new Finding { Code = Finding.Check, At = Listed.ConnectedAt }),

            // It kept its token to leave a WABA that is in use again.
            { IsHeld: false, Token: not null } when Listed.Numbers.Any(pair => pair.Waba.Id == number.WabaId) => number.WithoutToken(),
            _ => null,
        };
    }

    private bool IsShown(PhoneNumber number) => Listed.Shown.Any(pair => pair.Number.Id == number.PhoneNumberId);
}
