namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The emulator's first page: a phone on which a visitor is the customer, and Meta's switches beside it.</summary>
internal static class CockpitView
{
    public static Markup Render(EmulatorCore core, PhoneChoice choice, string reply, string edit) => $"""
        <header class="cockpit">
        <p class="standin">Stand-in for Meta, for local development. All of it is made up, and gone when it stops.</p>
        <div class="top"><h1>Meta emulator</h1> <a href="{WorldView.Path}">Everything at Meta</a></div>
        <div id="trouble" data-part>{WorldView.Trouble(core)}</div>
        {Pickers(core, choice)}
        </header>
        <main class="cockpit" data-address="{choice.Address}" data-live>
        <p id="said" role="status" class="sr"></p>
        <p id="problem" role="alert" class="bad" hidden></p>
        {PhoneView.Render(core, choice, reply, edit)}
        {SwitchView.Render(choice)}
        </main>
        """;

    public static Markup Empty() => $"""
        <header class="cockpit">
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Meta emulator</h1>
        </header>
        <main class="cockpit" data-address="/">
        <p>There is no phone number yet. <a href="{WorldView.Path}">Everything at Meta</a></p>
        </main>
        """;

    private static Markup Pickers(EmulatorCore core, PhoneChoice choice) => $"""
        <form method="get" action="/" class="pickers">
        <label>Business <select name="number">{core.World.Wabas.SelectMany(waba => waba.Numbers).Select(number => Number(number, number == choice.Number))}</select></label>
        <label>You are <select name="as">{choice.Known.Select(customer => Customer(customer, customer == choice.Customer))}{(choice.Known.Contains(choice.Customer) ? null : Customer(choice.Customer, isChosen: true))}</select></label>
        <button class="quiet">Show</button>
        </form>
        <details class="somebody"><summary>Be somebody else</summary>
        <form method="get" action="/"><input type="hidden" name="number" value="{choice.Number.Id}">
        <label>Your name <input name="name" required maxlength="100" autocomplete="off"></label>
        <label>Your number <input name="from" type="tel" maxlength="30" autocomplete="off" aria-describedby="no-number"></label>
        <label>Your username <input name="username" maxlength="100" autocomplete="off"></label>
        <p class="small" id="no-number">With a username you may leave the number out: the business then knows you by a user id alone.</p>
        <button class="quiet">Be this customer</button>
        </form>
        </details>
        """;

    private static Markup Number(EmulatedNumber number, bool isChosen) => $"""
        <option value="{number.Id}"{Selected(isChosen)}>{number.DisplayPhoneNumber} · {number.VerifiedName}{(number.Waba.IsAppSubscribed ? ", connected" : "")}</option>
        """;

    private static Markup Customer(EmulatedCustomer customer, bool isChosen) => $"""
        <option value="{customer.UserId}"{Selected(isChosen)}>{customer.Name} · {Reach(customer)}</option>
        """;

    private static string Reach(EmulatedCustomer customer) => customer switch
    {
        { Number: { Length: > 0 } number } => number,
        { Username: { } username } => $"@{username.TrimStart('@')}, no number",
        _ => "no number",
    };

    private static Markup? Selected(bool isChosen) => isChosen ? (Markup)$" selected" : null;
}
