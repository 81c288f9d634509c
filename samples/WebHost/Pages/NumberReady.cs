using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>Where something is mended.</summary>
/// <param name="Label">What the link says.</param>
/// <param name="Href">Where it goes: a page of this app, or one of Meta's.</param>
public sealed record ReadyLink(string Label, string Href)
{
    public bool IsAtMeta => Href.StartsWith("https://", StringComparison.Ordinal);
}

/// <summary>Whether a number can receive and send, as its card says it: the library's answers, and nothing else.</summary>
/// <param name="Pills">The two answers.</param>
/// <param name="Lines">Why not, who must act and where; the text is null where the card says it anyway.</param>
public sealed record NumberReady(IReadOnlyList<(string Text, string Tone)> Pills, IReadOnlyList<(string? Text, ReadyLink? Link)> Lines)
{
    public static NumberReady Of(PhoneNumberView number, IReadOnlyList<NumberNote> notes, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        var troubles = new[] { number.CanSend, number.CanReceive }.Where(answer => answer.Answer is not Readiness.Yes).DistinctBy(answer => answer.Reason);
        return new NumberReady(
            [ReceivePill(number.CanReceive, words), SendPill(number.CanSend, words)],
            number.IsActive ? [.. troubles.Select(why => (IsSaid(why) ? null : Say(why, words), LinkOf(number, why, words)))] : []);

        bool IsSaid(Readiness why) =>
            notes.Any(note => note.Text.StartsWith(why.Message, StringComparison.Ordinal)) || number.OpenSteps.Any(open => open.Message == why.Message);
    }

    /// <summary>Why nothing can be sent with it, and where that is mended; null when it is worth trying.</summary>
    public static (string Text, ReadyLink? Link)? WhyNot(PhoneNumberView number, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        return NumberText.CanSend(number) ? null : (Say(number.CanSend, words, number.IsActive ? words["You cannot write now."] : words["You can only read here."]), LinkOf(number, number.CanSend, words));
    }

    /// <summary>A reason in a line.</summary>
    public static string Say(Readiness why, IStringLocalizer words, string? before = null)
    {
        ArgumentNullException.ThrowIfNull(why);
        ArgumentNullException.ThrowIfNull(words);
        var who = why.Who switch
        {
            "operator" => words["The people who run this service take care of it."].Value,
            "meta" => words["That is up to Meta."].Value,
            _ => null,
        };
        return string.Join(' ', new[] { before, why.Message, why.Action, who }.OfType<string>());
    }

    /// <summary>Where it is mended; null where the buttons of an open step do it, or nothing but waiting.</summary>
    public static ReadyLink? LinkOf(PhoneNumberView number, Readiness why, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        ArgumentNullException.ThrowIfNull(why);
        return why.Link switch
        {
            null => null,
            ['/', ..] when !number.IsActive => new ReadyLink(words["Connect WhatsApp again"], $"{why.Link}?add=1"),
            ['/', ..] => number.OpenSteps.Any(open => StepWay.Of(open, words) is not null) ? null : new ReadyLink(words["Reconnect this number"], $"{why.Link}?add=1"),
            _ when why.Link.Contains("whatsapp_manager", StringComparison.Ordinal) || why.Link.Contains("/wa/manage", StringComparison.Ordinal) => new ReadyLink(words["Open WhatsApp Manager"], why.Link),
            _ when why.Link.Contains("billing", StringComparison.Ordinal) => new ReadyLink(words["Open payment settings"], why.Link),
            _ when why.Link.Contains("metastatus", StringComparison.Ordinal) => new ReadyLink(words["See Meta's status page"], why.Link),
            _ => new ReadyLink(words["Open at Meta"], why.Link),
        };
    }

    private static (string Text, string Tone) ReceivePill(Readiness answer, IStringLocalizer words) => answer.Answer switch
    {
        Readiness.Yes => (words["Can receive"], "good"),
        Readiness.No => (words["Cannot receive"], "bad"),
        _ => (words["May not receive"], "warn"),
    };

    private static (string Text, string Tone) SendPill(Readiness answer, IStringLocalizer words) => answer.Answer switch
    {
        Readiness.Yes => (words["Can send"], "good"),
        Readiness.No => (words["Cannot send"], "bad"),
        _ => (words["May not send"], "warn"),
    };
}
