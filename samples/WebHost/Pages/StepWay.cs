using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>What a person can do about an open step.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="IsOneClick">Whether pressing it does it; else it leads to the number's page, where something is to be entered.</param>
/// <param name="Waits">Whether a press would be refused: what Meta takes is used up for now.</param>
public sealed record StepWay(string Label, bool IsOneClick, bool Waits = false)
{
    /// <summary>Null where waiting, or Meta itself, is the only way.</summary>
    public static StepWay? Of(OpenStep open, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(words);
        return open.Step switch
        {
            StepNames.Subscribe => new StepWay(words["Try again"], true),
            StepNames.Verify => new StepWay(words["Verify number"], false),
            StepNames.Register when open.Code is ErrorCodes.PinNeeded or ErrorCodes.PinOrLocked => new StepWay(words["Enter PIN"], false),
            StepNames.Register => new StepWay(words["Register"], true, open.Budget?.NextAt is not null),
            StepNames.SyncContacts or StepNames.SyncHistory when open.Code is not ErrorCodes.SyncOver => new StepWay(words["Try again"], true),
            _ => null,
        };
    }
}
