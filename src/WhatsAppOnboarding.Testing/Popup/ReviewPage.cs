using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>The one page instead of the steps: what is chosen already, to confirm or to change.</summary>
internal static class ReviewPage
{
    /// <summary>Value of the button that leads to the steps.</summary>
    public const string Change = "change";

    /// <summary>Null when there is no number to choose.</summary>
    public static Markup? Render(EmulatorCore core, SignupRequest request, string path) =>
        core.World.Businesses.SelectMany(business => business.Wabas).SelectMany(waba => waba.Numbers).FirstOrDefault() is { } number
            ? Render(core, request, number, path)
            : null;

    private static Markup Render(EmulatorCore core, SignupRequest request, EmulatedNumber number, string path) => $"""
        <main>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Connect {number.Waba.Owner.Name} to {core.Options.AppName}</h1>
        <p>WhatsApp account <strong>{number.Waba.Name}</strong></p>
        <p>Phone number <strong>{number.DisplayPhoneNumber}</strong>, {number.VerifiedName}</p>
        {StepPage.Permissions(core)}
        <form method="post" action="{path}">
        {SignupRequest.Names.Where(request.Parameters.ContainsKey).Select(name => StepPage.Hidden(name, request.Parameters[name]))}
        {StepPage.Hidden("account", number.Waba.Id)}
        {StepPage.Hidden("number", number.Id)}
        <div class="decision">
        <button type="submit" name="ending" value="finish">Continue</button>
        <button type="submit" name="ending" value="{Change}" class="quiet">Choose something else</button>
        <button type="submit" name="ending" value="cancel" class="quiet">Cancel</button>
        </div>
        </form>
        </main>
        """;
}
