namespace WhatsAppOnboarding.Testing.Pages;

internal static class HomeView
{
    public static Markup Render(EmulatorCore core) => $"""
        <header>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Meta emulator</h1>
        <p>This is not Meta. It plays Meta's login dialog, signup popup, Graph API and webhooks for the app <strong>{core.Options.AppName}</strong>
        (<code>{core.AppId}</code>), so that it can be tried without a Meta account. All data here is made up and gone when it stops.</p>
        <p>{Webhooks(core)}</p>
        <p>{Lost(core).Select(Bad)}</p>
        {LossView.OfService(core)}
        </header>
        <main>
        {(core.World.Businesses.Count > 0 ? null : Nothing())}
        {core.World.Businesses.Select(business => Business(core, business))}
        {LossView.Tokens(core)}
        </main>
        """;

    private static string Webhooks(EmulatorCore core) => core.Webhooks.Callback is { } callback
        ? $"Webhooks go to {callback.GetLeftPart(UriPartial.Path)}."
        : "No webhook callback is set: the app hears nothing.";

    private static Markup Nothing() => $"""
        <p>There is no business yet.</p>
        """;

    private static Markup Business(EmulatorCore core, EmulatedBusiness business) => $"""
        <section aria-labelledby="business-{business.Id}">
        <h2 id="business-{business.Id}">{business.Name}</h2>
        {business.Wabas.Select(waba => Waba(core, waba))}
        </section>

        """;

    private static Markup Waba(EmulatorCore core, EmulatedWaba waba) => $"""
        <div class="waba" id="waba-{waba.Id}">
        <h3>{waba.Name}</h3>
        <p>WhatsApp Business Account <code>{waba.Id}</code>. {Subscription(waba)} {Lost(core, waba).Select(Bad)}</p>
        {LossView.Of(waba)}
        {waba.Numbers.Select(number => Number(core, number))}
        </div>

        """;

    private static Markup Subscription(EmulatedWaba waba) => waba.IsAppSubscribed
        ? (Markup)$"""<span class="good">The app is subscribed.</span>"""
        : $"""<span class="bad">The app is not subscribed: the business will not hear what customers write.</span>""";

    private static IEnumerable<string> Lost(EmulatorCore core, EmulatedWaba waba)
    {
        if (!waba.IsShared)
            yield return "Not shared with the app. ";
        if (waba.IsDisabled)
            yield return "Banned by Meta. ";
        if (waba.IsOffboarded)
            yield return "Its Business app moved to another phone. ";
        if (waba.Restriction is { } restriction)
            yield return $"Restricted ({restriction}). ";
        if (!waba.HasPaymentMethod)
            yield return "No payment method. ";
        if (core.Usage.Told(waba.Id) is { } usage)
            yield return usage;
    }

    private static IEnumerable<string> Lost(EmulatorCore core)
    {
        if (core.Service.IsDown)
            yield return "The Graph API is down. ";
        if (core.Service.Delay > TimeSpan.Zero)
            yield return "The Graph API is slow. ";
        if (core.Usage.Told(wabaId: null) is { } usage)
            yield return usage;
    }

    private static Markup Bad(string text) => $"""<span class="bad">{text}</span>""";

    private static Markup Number(EmulatorCore core, EmulatedNumber number)
    {
        var last = core.World.Conversations.LastOrDefault(message => message.PhoneNumberId == number.Id && !message.FromBusiness);
        return $"""
            <article id="number-{number.Id}" aria-labelledby="title-{number.Id}">
            <h4 id="title-{number.Id}">{number.DisplayPhoneNumber} · {number.VerifiedName}</h4>
            <div data-fresh="{NumberView.Path}{number.Id}" aria-live="polite">
            {NumberView.Render(number)}
            </div>
            {LossView.Of(number)}
            {ConversationView.Log(core, number)}
            <form method="post" action="/write" aria-labelledby="write-{number.Id} title-{number.Id}">
            <h5 id="write-{number.Id}">Write as a customer</h5>
            <input type="hidden" name="number" value="{number.Id}">
            <label>Your name <input name="name" required maxlength="100" autocomplete="off" value="{last?.CustomerName ?? "Ada Customer"}"></label>
            <label>Your number <input name="from" type="tel" maxlength="30" autocomplete="off" value="{(last is null ? "+1 650-555-0123" : Plus(last.Customer))}"></label>
            <label class="wide">Message <input name="body" required maxlength="4096" autocomplete="off"></label>
            <button type="submit">Send to business</button>
            </form>
            </article>

            """;
    }

    private static string Plus(string digits) => digits.Length == 0 ? "" : "+" + digits;
}
