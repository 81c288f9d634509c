using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>A grant with everything that its WABAs showed.</summary>
internal sealed record ListedGrant(Grant Grant, IReadOnlyList<ListedWaba> Wabas, DateTimeOffset ListedAt)
{
    /// <summary>When the numbers are connected: where the person was asked, later than they were listed.</summary>
    public DateTimeOffset ConnectedAt { get; init; } = ListedAt;

    /// <summary>The numbers that the person chose; null for all.</summary>
    public IReadOnlySet<PhoneNumberId>? Chosen { get; init; }

    /// <summary>Whether Meta's popup said that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>Every number that the grant shows, once, in Meta's order.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Shown =>
        Wabas.SelectMany(waba => waba.Numbers.Value ?? [], (waba, number) => (waba, number)).DistinctBy(pair => pair.number.Id);

    /// <summary>The numbers to connect.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Numbers => Shown.Where(pair => Chosen?.Contains(pair.Number.Id) ?? true);

    public IReadOnlyCollection<WabaId> WabaIds => [.. Wabas.Select(waba => waba.Id)];

    /// <summary>
    /// Why nothing can be saved: a listing that is not whole, an id from the browser that the grant does not show, no number at all,
    /// or not the expected one. Null when it can.
    /// </summary>
    public string? FailureOf(GrantedCode code)
    {
        if (Wabas.Select(waba => waba.Numbers.Code).FirstOrDefault(failure => failure is not null) is { } unlisted)
            return unlisted;
        if (code.Hints.Number is { } hinted && Shown.All(pair => pair.Number.Id != hinted))
            return ErrorCodes.IdsNotGranted;
        if (!Shown.Any())
            return ErrorCodes.NoPhoneNumbers;
        return code.Expect is { } expected && !Shown.Any(pair => ExpectedNumber.Matches(pair.Number, expected))
            ? ErrorCodes.NumberUnexpected
            : null;
    }
}

/// <summary>One WABA: all its numbers or why not, and whether the app is subscribed now; null while that was not tried.</summary>
internal sealed record ListedWaba(WabaId Id, StepResult<IReadOnlyList<NumberFacts>> Numbers, StepResult<SubscribedWaba>? Subscription);
