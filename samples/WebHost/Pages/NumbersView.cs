using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>An account's numbers as the dashboard shows them.</summary>
public sealed class NumbersView
{
    public const int Shown = 3;

    private const int Named = 2;

    private readonly IReadOnlyList<NumberCard> _cards;
    private readonly IStringLocalizer _words;

    public NumbersView(OnboardingStatus status, DateTimeOffset now, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(status);
        _words = words;
        All = status.PhoneNumbers;
        Held = [.. All.Where(n => n.IsActive)];
        Sendable = [.. Held.Where(NumberText.CanSend)];
        Beginnable = [.. Sendable.Where(number => NumberText.CanBegin(number, now))];
        Connected = status.Connected;
        NumberCard[] cards = [.. All.Select(n => CardOf(n, NumberNote.Of(n, now, words)))];
        Common = FindCommon([.. cards.Where(card => card.Number.IsActive)]);
        // Who needs somebody comes first.
        _cards = [.. cards.Select(card => card with { Notes = [.. card.Notes.Except(Common)] }).OrderBy(card => card.NeedsYou(now) ? 0 : 1)];
        Troubled = [.. _cards.Where(card => card.NeedsYou(now)).Select(card => card.Number)];
        Version = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(status)));

        NumberCard CardOf(PhoneNumberView number, IReadOnlyList<NumberNote> notes) =>
            new(number, notes, NumberText.Limits(number, now, words), NumberReady.Of(number, notes, words), Held.Count > 0);
    }

    public IReadOnlyList<PhoneNumberView> All { get; }

    public IReadOnlyList<PhoneNumberView> Held { get; }

    public IReadOnlyList<PhoneNumberView> Sendable { get; }

    /// <summary>Those that may begin conversations.</summary>
    public IReadOnlyList<PhoneNumberView> Beginnable { get; }

    public bool Connected { get; }

    /// <summary>What is true of each of several numbers, to be said once.</summary>
    public IReadOnlyList<NumberNote> Common { get; }

    /// <summary>The numbers with something that should not be folded away.</summary>
    public IReadOnlyList<PhoneNumberView> Troubled { get; }

    /// <summary>Whether the cards are to be seen without being asked for.</summary>
    public bool IsTroubled => Troubled.Count > 0 || Held.Count is 0;

    /// <summary>Another one when anything is otherwise than before.</summary>
    public string Version { get; }

    /// <summary>The cards that are seen at once.</summary>
    public IReadOnlyList<NumberCard> First => [.. _cards.Take(Shown)];

    public IReadOnlyList<NumberCard> Rest => [.. _cards.Skip(Shown)];

    /// <summary>Whether connecting again would mend something.</summary>
    public bool NeedsConnect => Held.Any(n => n.State is "reconnect_needed" || n.OpenSteps.Any(open => open.Step is StepNames.Subscribe));

    /// <summary>Whether a number can only be used, or its app's data only be had, once somebody does something.</summary>
    public bool NeedsSomething => NeedsConnect || Held.Any(n => n.OpenSteps.Count > 0);

    /// <summary>The number that was connected last, where Meta took all away.</summary>
    public PhoneNumberView? Lost => Held.Count is 0 && All is [var last, ..] && NumberText.IsLost(last) ? last : null;

    /// <summary>How it stands as a whole: as well as the best of the numbers, but never better than what can be done with them.</summary>
    public (string Text, string Tone) State => (Lost, Held) switch
    {
        ({ } lost, _) => NumberText.State(lost, _words),
        (_, []) => (_words["Not connected"], "off"),
        (_, var held) when held.All(n => n.State is "active" && n.CanSend.Answer is Readiness.No) => (_words["Cannot send"], "bad"),
        (_, var held) when held.All(n => n.State is "active" && n.CanReceive.Answer is Readiness.No) => (_words["Cannot receive"], "bad"),
        _ => Held.Select(number => NumberText.State(number, _words)).OrderBy(state => state.Tone is "good" ? 0 : 1).First(),
    };

    private static IReadOnlyList<NumberNote> FindCommon(IReadOnlyList<NumberCard> held) => held.Count < 2
        ? []
        : [.. held.Select(card => card.Notes.AsEnumerable()).Aggregate((all, next) => all.Intersect(next))];

    /// <summary>All numbers in one line: who needs somebody, else how they stand.</summary>
    public string Line()
    {
        var connected = All.Count(n => NumberText.State(n, _words).Tone is "good");
        return (Troubled, All) switch
        {
            (_, []) => _words["No number is connected"],
            ({ Count: > 0 } some, [_]) => _words["{0} needs you", NumberText.Label(some[0], _words)],
            ([], [var only]) => NumberText.Label(only, _words),
            ([var one], var all) => _words["1 of {0} numbers needs you: {1}", all.Count, NumberText.Phone(one, _words)],
            ({ Count: > Named } some, var all) => _words["{0} of {1} numbers need you: {2} and {3} more", some.Count, all.Count, NamesOf(some), some.Count - Named],
            ({ Count: > 1 } some, var all) => _words["{0} of {1} numbers need you: {2}", some.Count, all.Count, NamesOf(some)],
            (_, var all) when connected == all.Count => _words["{0} numbers connected", connected],
            (_, var all) => _words["{0} of {1} numbers connected", connected, all.Count],
        };

        string NamesOf(IReadOnlyList<PhoneNumberView> some) => string.Join(", ", some.Take(Named).Select(number => NumberText.Phone(number, _words)));
    }
}
