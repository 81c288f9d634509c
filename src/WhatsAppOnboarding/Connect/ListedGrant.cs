using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Connect;

/// <summary>A grant with everything that its WABAs showed.</summary>
internal sealed record ListedGrant(Grant Grant, IReadOnlyList<ListedWaba> Wabas, DateTimeOffset ListedAt)
{
    /// <summary>Why nothing can be saved: a listing that is not whole, or no number at all. Null when it can.</summary>
    public string? Failure => Wabas.Select(waba => waba.Numbers.Code).FirstOrDefault(code => code is not null)
        ?? (Wabas.All(waba => waba.Numbers.Value!.Count == 0) ? ErrorCodes.NoPhoneNumbers : null);

    /// <summary>Every number once, in Meta's order.</summary>
    public IEnumerable<(ListedWaba Waba, GraphPhoneNumber Number)> Numbers =>
        Wabas.SelectMany(waba => waba.Numbers.Value ?? [], (waba, number) => (waba, number)).DistinctBy(pair => pair.number.Id);

    public IReadOnlyCollection<WabaId> WabaIds => [.. Wabas.Select(waba => waba.Id)];
}

/// <summary>One WABA: all its numbers or why not, and whether the app is subscribed now.</summary>
internal sealed record ListedWaba(WabaId Id, StepResult<IReadOnlyList<GraphPhoneNumber>> Numbers, StepResult<GraphDone> Subscription);
