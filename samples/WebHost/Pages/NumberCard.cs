using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>One number as its card shows it.</summary>
/// <param name="Number">The number.</param>
/// <param name="Notes">What is to be known about this number and not about all of them.</param>
/// <param name="Limits">What Meta keeps it from, in a word.</param>
/// <param name="Ready">Whether it can receive and send.</param>
/// <param name="OffersConnect">Whether it has a button of its own to connect again; without a number left, there is one for all.</param>
public sealed record NumberCard(PhoneNumberView Number, IReadOnlyList<NumberNote> Notes, (string Text, string Tone)? Limits, NumberReady Ready, bool OffersConnect)
{
    /// <summary>Whether it says something that somebody should look at.</summary>
    public bool NeedsYou(DateTimeOffset now) => Number.IsActive
        ? !Number.Connected || Number.OpenSteps.Count > 0 || Ready.Lines.Count > 0 || Notes.Any(note => note.IsTrouble)
        : NumberText.IsLost(Number) && NumberNote.IsNews(Number.DisconnectedAt, now);

    /// <summary>The card in one breath, for those who hear it.</summary>
    public string Spoken(IStringLocalizer words)
    {
        var (state, quality) = (NumberText.State(Number, words).Text, NumberText.Quality(Number, words).Text);
        var pills = Number.IsActive ? string.Join(", ", new[] { state, quality, Limits?.Text }.Concat(Ready.Pills.Select(pill => pill.Text)).OfType<string>()) : state;
        var more = Number.IsActive ? Ready.Lines.Select(line => line.Text).OfType<string>().Concat(Notes.Select(note => note.Text)) : [Number.Message];
        return string.Join(" ", [$"{NumberText.Label(Number, words)}: {pills}.", .. more]);
    }
}
