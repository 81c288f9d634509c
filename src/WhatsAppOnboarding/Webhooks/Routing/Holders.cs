using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Who may receive: an account whose own token subscribed the app; while a number is shared, only if it also proved access lately and was not refused since; and after a
/// restore of a backup, only once Meta has proved that it is still so. The state of a number held by one account never stands in the way.
/// </summary>
internal sealed class Holders(
    IReadOnlyDictionary<PhoneNumberId, PhoneNumber[]> byNumber, IReadOnlyDictionary<WabaId, PhoneNumber[]> byWaba, DateTimeOffset provedSince)
{
    private readonly Dictionary<(PhoneNumberId?, WabaId?), PhoneNumber[]> _receivers = [];

    /// <summary>The receivers of a change: one number of each account.</summary>
    public PhoneNumber[] ReceiversOf(WebhookChange change)
    {
        if (!change.CanBeRouted)
            return [];
        var key = change.RoutedWaba is { } routed ? (null, routed) : (change.Number, change.EntryId);
        if (!_receivers.TryGetValue(key, out var receivers))
        {
            var candidates = change.RoutedWaba is { } waba ? Of(waba) : Of(change.Number.GetValueOrDefault(), change.EntryId);
            _receivers[key] = receivers = candidates is [var only] ? OfOnly(only) : OfAll(candidates);
        }

        return receivers;
    }

    private PhoneNumber[] OfOnly(Candidate only)
    {
        AwaitsProof |= !IsProved(only) && IsUnanswered(only);
        return IsProved(only) ? [only.Number] : [];
    }

    private PhoneNumber[] OfAll(Candidate[] candidates)
    {
        PhoneNumber[] receivers = [.. candidates.Where(IsProved).Select(candidate => candidate.Number).DistinctBy(number => number.AccountId)];
        AwaitsProof |= candidates.Any(candidate => IsUnanswered(candidate) && receivers.All(number => number.AccountId != candidate.Number.AccountId));
        return receivers;
    }

    /// <summary>Whether some account was no receiver only because Meta has not been asked lately, so that nobody knows yet.</summary>
    public bool AwaitsProof { get; private set; }

    /// <summary>Every account that holds a number of the WABA, whether or not it receives.</summary>
    public IEnumerable<AccountId> AccountsOf(WabaId waba) => (byWaba.GetValueOrDefault(waba) ?? []).Select(number => number.AccountId).Distinct();

    /// <summary>Who may receive a number's event. Who holds it under another WABA than the event's subscribed to that other one.</summary>
    private Candidate[] Of(PhoneNumberId number, WabaId? waba) => Candidates(byNumber.GetValueOrDefault(number) ?? [], waba);

    private Candidate[] Of(WabaId waba) =>
        [.. (byWaba.GetValueOrDefault(waba) ?? []).GroupBy(number => number.PhoneNumberId).SelectMany(numbers => Candidates([.. numbers], waba))];

    private static Candidate[] Candidates(PhoneNumber[] holders, WabaId? waba) => holders switch
    {
        [var only] => MayReceive(only, waba) ? [new Candidate(only, IsShared: false)] : [],
        _ => Sharing(holders, waba),
    };

    private static Candidate[] Sharing(PhoneNumber[] holders, WabaId? waba) =>
        [.. holders.Where(number => MayReceive(number, waba)).Select(number => new Candidate(number, IsShared: true))];

    private static bool MayReceive(PhoneNumber number, WabaId? waba) => NumberReasons.MayReceive(number) && (waba is null || number.WabaId == waba);

    private bool IsProved(Candidate candidate) =>
        candidate.Number.UnprovedSince is null && (!candidate.IsShared || (candidate.Number.Evidence is { IsRefused: false } evidence && evidence.ListedAt >= provedSince));

    private bool IsUnanswered(Candidate candidate) => candidate.Number.AwaitsProof || (candidate.IsShared && !candidate.Number.Evidence.IsAnsweredSince(provedSince));

    private readonly record struct Candidate(PhoneNumber Number, bool IsShared);
}
