using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>One step of the popup: a form that carries on what was chosen before.</summary>
internal static class StepPage
{
    public static Markup Render(EmulatorCore core, SignupRequest request, SignupStep step, SignupChoice choice, string path) => $"""
        <main{OnClose(core, request, step)}>
        <p class="standin">Stand-in for Meta, for local development</p>
        <p class="step">Step {Ordinal(step)}: <code>{step.Name}</code></p>
        <h1>{step.Title}</h1>
        <form method="post" action="{path}">
        {SignupRequest.Names.Where(request.Parameters.ContainsKey).Select(name => Hidden(name, request.Parameters[name]))}
        {Hidden("step", step.Name)}
        {Earlier(step).Select(name => Hidden(name, choice[name]))}
        {Fields(core, step, choice)}
        <div class="decision">
        <button type="submit">Continue</button>
        <button type="submit" name="ending" value="cancel" class="quiet" formnovalidate>Cancel</button>
        </div>
        <details class="endings">
        <summary>Try an ending</summary>
        <ul>
        {EndingMenu.All.Select(item => Ending(item.Value, item.Label))}
        </ul>
        </details>
        </form>
        </main>
        """;

    private static string Ordinal(SignupStep step) => $"{step.Number} of {SignupStep.All.Count}";

    /// <summary>Who closes the window on a later step has abandoned the flow; on the first one nothing is told.</summary>
    private static Markup? OnClose(EmulatorCore core, SignupRequest request, SignupStep step)
    {
        if (step == SignupStep.First)
            return null;
        var cancel = PopupEnding.Cancel(step.Name);
        var script = EndingScript.Write(core, request, cancel, SignupEnd.Reach(core, cancel, SignupChoice.Read(null))).ToJsonString();
        return $""" data-ending="{script}" """;
    }

    private static IEnumerable<string> Earlier(SignupStep step) => SignupChoice.Names.Take(step.Number switch { 1 => 0, 2 => 1, _ => 4 });

    private static Markup Fields(EmulatorCore core, SignupStep step, SignupChoice choice) => step.Number switch
    {
        1 => AccountFields.Render(core.World),
        2 => NumberFields.Render(choice.FindWaba(core.World)),
        _ => Permissions(core),
    };

    public static Markup Permissions(EmulatorCore core) => $"""
        <p>You allow <strong>{core.Options.AppName}</strong>:</p>
        <ul class="permissions">
        {core.Options.Scopes.Select(Dialog.ConsentPage.Permission)}
        </ul>
        """;

    private static Markup Ending(string value, string label) => $"""
        <li><button type="submit" name="ending" value="{value}" class="quiet" formnovalidate>{label}</button></li>

        """;

    public static Markup Hidden(string name, string value) => $"""
        <input type="hidden" name="{name}" value="{value}">

        """;
}
