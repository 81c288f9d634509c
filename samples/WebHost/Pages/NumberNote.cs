using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>Something to know about a number, as its card says it.</summary>
/// <param name="Text">One or two sentences.</param>
/// <param name="Tone">bad, warn, good or off.</param>
/// <param name="At">When Meta said it; null for what is true now.</param>
public sealed record NumberNote(string Text, string Tone, DateTimeOffset? At = null)
{
    private static readonly TimeSpan NewsLasts = TimeSpan.FromDays(7);

    /// <summary>Whether a card with it should not be folded away.</summary>
    public bool IsTrouble => At is null || Tone is "bad" or "warn";

    /// <summary>What stands with a number: what was noticed, then what Meta said. Good news is no news after a week.</summary>
    public static IReadOnlyList<NumberNote> Of(PhoneNumberView number, DateTimeOffset now, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(number);
        var findings = number.Findings.Where(finding => finding.Code != number.DisconnectReason && finding.Code is not "reconnect_needed" && !IsSaidByStep(number, finding) && !IsSaidByNotice(number, finding)).Select(finding => new NumberNote($"{finding.Message} {finding.Action}", "warn"));
        return number.IsActive
            ? [.. findings, .. number.Notices.Select(notice => NoticeText.Of(number, notice, now, words)).OfType<NumberNote>().Where(note => note.IsTrouble || IsNews(note.At, now))]
            : [.. findings];
    }

    /// <summary>That it is not registered is what its open step is about, with the button that helps.</summary>
    private static bool IsSaidByStep(PhoneNumberView number, Finding finding) =>
        finding.Code is "not_registered" && number.OpenSteps.Any(open => open.Step is StepNames.Register or StepNames.Verify);

    /// <summary>Why a name was declined is what Meta said, with its date.</summary>
    private static bool IsSaidByNotice(PhoneNumberView number, Finding finding) => number.IsActive && number.Notices.Any(notice => notice.Message == finding.Message);

    public static bool IsNews(DateTimeOffset? at, DateTimeOffset now) => at > now - NewsLasts;
}
