using System.Globalization;
using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>Something of a number or its account that Meta, or the business at Meta, turns off and on again.</summary>
/// <param name="Title">What it is.</param>
/// <param name="IsWell">Whether nothing is wrong with it.</param>
/// <param name="Off">How it stands when something is.</param>
/// <param name="Meaning">What that does, and whether Meta says so.</param>
/// <param name="Lose">The button that turns it off: of <see cref="LossButtons"/>.</param>
/// <param name="Back">The one that turns it on; null where only the app can, by connecting again.</param>
internal sealed record Switch(string Title, Func<EmulatedNumber, bool> IsWell, string Off, string Meaning, (string Label, string Loss) Lose, (string Label, string Loss)? Back)
{
    /// <summary>Whether it is the account's, and all its numbers share it.</summary>
    public bool IsOfWaba { get; init; }
}

/// <summary>Meta's side of the conversation: switches for the number, its account, and the next message.</summary>
internal static class SwitchView
{
    private static readonly Switch[] All =
    [
        new("Quality", number => number.Status != "FLAGGED", "Flagged, quality RED", "Customers block or report it. It still sends; Meta tells the app.", ("Flag it", "flag"), ("Flag it no longer", "unflag")),
        new("Sending", number => !number.Waba.IsOffboarded, "Paused", "The Business app moves to another phone: nothing can be sent (133010). Meta tells the app.", ("Pause it", "offboard"), ("Let it go on", "reconnect")) { IsOfWaba = true },
        new("Writing first", number => number.Waba.Restriction is null, "Restricted", "Meta refuses templates (368) and tells the app. That it is over it tells nobody: the app finds out when it looks next.", ("Restrict it", "restrict"), ("End the restriction", "unrestrict")) { IsOfWaba = true },
        new("Account", number => !number.Waba.IsDisabled, "Disabled by Meta", "Nothing can be sent (131031). Meta tells the app.", ("Disable it", "ban"), ("Reinstate it", "reinstate")) { IsOfWaba = true },
        new("Payment method", number => number.Waba.HasPaymentMethod, "None", "Messages are accepted and fail (131042). Meta tells nobody before.", ("End it", "unpaid"), ("It is back", "paid")) { IsOfWaba = true },
        new("Access of the app", number => number.Waba.IsAppSubscribed, "None", "The business removes the app at Meta: the token ends and nothing comes any more. Meta tells the app, which must connect again.", ("Remove the app", "uninstall"), null) { IsOfWaba = true },
    ];

    public static Markup Render(PhoneChoice choice) => $"""
        <section class="meta" aria-labelledby="meta-title">
        <h2 id="meta-title">What Meta does</h2>
        <div id="switches" data-part tabindex="-1">
        <div class="small">{NumberView.Render(choice.Number)}</div>
        <ul class="switches">
        {Next(choice)}
        {Window(choice)}
        {All.Select(one => Row(choice, one))}
        </ul>
        </div>
        </section>

        """;

    private static Markup Row(PhoneChoice choice, Switch one)
    {
        var isWell = one.IsWell(choice.Number);
        var (of, id) = one.IsOfWaba ? ("waba", choice.Number.Waba.Id) : ("number", choice.Number.Id);
        return $"""
            <li><form method="post" action="{LossView.Path}">
            {State(one.Title, isWell, isWell ? "Well" : one.Off)}
            <input type="hidden" name="of" value="{of}"><input type="hidden" name="id" value="{id}">
            {choice.Fields.Select(field => (Markup)$"""<input type="hidden" name="{field.Name}" value="{field.Value}">""")}
            {((isWell ? one.Lose : one.Back) is { } button ? (Markup)$"""<button class="quiet" id="loss-{one.Lose.Loss}" name="loss" value="{button.Loss}" aria-describedby="why-{one.Lose.Loss}">{button.Label}</button>""" : null)}
            <p class="small" id="why-{one.Lose.Loss}">{one.Meaning}</p>
            </form></li>

            """;
    }

    private static Markup State(string title, bool isWell, string state) => $"""
        <h3>{title} <span class="{(isWell ? "good" : "bad")}">{state}</span></h3>
        """;

    private static Markup Window(PhoneChoice choice)
    {
        var isOpen = choice.Number.IsWindowOpen(choice.Customer);
        return $"""
            <li><form method="post" action="{PhoneActs.Path}">{PhoneView.Hidden(choice)}
            {State("24 hours to answer", isOpen, isOpen ? "Open" : "Closed")}
            {(isOpen ? (Markup)$"""<button class="quiet" id="do-close-window" name="do" value="close-window" aria-describedby="why-window">Let them be over</button>""" : null)}
            <p class="small" id="why-window">While they are not open, all but templates fail (131047), until {choice.Customer.Name} writes. Meta tells nobody before.</p>
            </form></li>

            """;
    }

    private static Markup Next(PhoneChoice choice) => choice.Number.NextFailure is { } next
        ? (Markup)$"""
            <li><form method="post" action="{PhoneActs.Path}">{PhoneView.Hidden(choice)}
            {State("Next message", false, $"{(next.AtOnce ? "Refused" : "Fails")}: {next}")}
            <button class="quiet" id="do-fail" name="do" value="arrive">Let it arrive</button>
            </form></li>

            """
        : $"""
            <li><form method="post" action="{PhoneActs.Path}">{PhoneView.Hidden(choice)}
            {State("Next message", true, "Arrives")}
            <label for="code">It fails with</label>
            <select id="code" name="code">{MetaRefusal.All.Select(Code)}</select>
            <fieldset class="when"><legend class="sr">When it fails</legend>
            <label><input type="radio" name="when" value="later" checked> after Meta took it</label>
            <label><input type="radio" name="when" value="now"> at once</label>
            </fieldset>
            <button class="quiet" id="do-fail" name="do" value="fail">Let it fail</button>
            </form></li>

            """;

    private static Markup Code(MetaRefusal refusal) => $"""
        <option value="{refusal.Code.ToString(CultureInfo.InvariantCulture)}"{(refusal.Code == 131026 ? (Markup)$" selected" : null)}>{refusal.Code.ToString(CultureInfo.InvariantCulture)} · {refusal.Title}</option>
        """;
}
