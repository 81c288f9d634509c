namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>Everything that exists at the emulated Meta, each with all that it can lose.</summary>
internal static class WorldView
{
    public const string Path = "/world";

    public static Markup Render(EmulatorCore core) => $"""
        <header>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Everything at Meta</h1>
        <p><a href="/">Back to the phone</a></p>
        <p>This is not Meta. It plays Meta's login dialog, signup popup, Graph API and webhooks for the app <strong>{core.Options.AppName}</strong>
        (<code>{core.AppId}</code>), so that it can be tried without a Meta account. All data here is made up and gone when it stops.</p>
        <p>{Webhooks(core)}</p>
        <div id="trouble" data-part>{Trouble(core)}</div>
        {LossView.OfService(core)}
        </header>
        <main data-address="{Path}">
        {(core.World.Businesses.Count > 0 ? null : Nothing())}
        {core.World.Businesses.Select(business => Business(core, business))}
        {LossView.Tokens(core)}
        </main>
        """;

    /// <summary>What is wrong with the Graph API, or with hearing from it, for every number.</summary>
    public static Markup Trouble(EmulatorCore core) => $"""
        {Lost(core).Append(core.Webhooks.Callback is null ? "No webhook callback is set: the app hears nothing." : "").Where(text => text.Length > 0).Select(text => (Markup)$"""<p>{Bad(text)}</p>""")}
        """;

    private static string Webhooks(EmulatorCore core) => core.Webhooks.Callback is { } callback
        ? $"Webhooks go to {callback.GetLeftPart(UriPartial.Path)}."
        : "";

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
        <p id="stands-{waba.Id}" data-part>WhatsApp Business Account <code>{waba.Id}</code>. {Subscription(waba)} {Lost(core, waba).Select(Bad)}</p>
        {LossView.Of(waba)}
        {waba.Numbers.Select(Number)}
        </div>

        """;

    private static Markup Subscription(EmulatedWaba waba) => waba.IsAppSubscribed
        ? (Markup)$"""<span class="good">The app is subscribed.</span>"""
        : $"""The app is not subscribed: nothing that customers write reaches it.""";

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

    private static Markup Number(EmulatedNumber number) => $"""
        <article id="number-{number.Id}" aria-labelledby="title-{number.Id}">
        <h4 id="title-{number.Id}">{number.DisplayPhoneNumber} · {number.VerifiedName}</h4>
        <div id="stands-{number.Id}" data-part aria-live="polite">
        {NumberView.Render(number)}
        </div>
        <p><a href="/?number={number.Id}">Write to it as a customer</a></p>
        {LossView.Of(number)}
        </article>

        """;
}
