using System.Globalization;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;

namespace WebHost.Pages.Onboarding;

/// <summary>What came of a step, kept for the page that is shown next. Holds no code and no PIN.</summary>
/// <param name="Step">What was asked for.</param>
/// <param name="Code">Why it is not done; null when it is.</param>
/// <param name="Left">How many such calls are left; null where they are not counted.</param>
public sealed record StepNote(string Step, string? Code, int? Left)
{
    private const string Key = "step";

    public string Tone => Code is null ? "good" : "bad";

    /// <summary>What happened, and what to do next.</summary>
    public string TextIn(WhatsAppWords library, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(words);
        var error = library.Error(Code);
        return Code switch
        {
            null => $"{library.Find($"done.{Step}.message")} {library.Find($"done.{Step}.action")}",
            ErrorCodes.BadRequest when Step is StepNames.VerifyCode => words["A code is six digits. Enter the one that Meta sent."],
            ErrorCodes.BadRequest when Step is StepNames.Register => words["A PIN is six digits. Enter the one that you set for this number."],
            ErrorCodes.PinNeeded => $"{words["That PIN is not right, or none was given."]} {error.Action}",
            _ => $"{error.Message} {error.Action}",
        };
    }

    /// <summary>How many more times it can be tried; null where that is not counted.</summary>
    public string? LeftIn(IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return (Step, Left) switch
        {
            (StepNames.VerifyCode, { } left) when Code is not null => words["Tries left for now: {0}.", left].Value,
            (StepNames.Register, { } left) when Code is not null => words["Registrations left: {0}; Meta takes 10 in 72 hours.", left].Value,
            _ => null,
        };
    }

    public static StepNote Of(StepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new StepNote(outcome.Step, outcome.Code, outcome.Budget is { } budget ? Math.Max(0, budget.Limit - budget.Used) : null);
    }

    public static StepNote? Take(ITempDataDictionary kept) =>
        kept is not null && kept[Key] is string text && text.Split('|') is [var step, var code, var left]
            ? new StepNote(step, code.Length is 0 ? null : code, int.TryParse(left, CultureInfo.InvariantCulture, out var number) ? number : null)
            : null;

    public void Keep(ITempDataDictionary kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        kept[Key] = string.Create(CultureInfo.InvariantCulture, $"{Step}|{Code}|{Left}");
    }
}
