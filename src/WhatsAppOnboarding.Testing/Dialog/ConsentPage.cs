using System.Net;
using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Dialog;

/// <summary>What the person sees.</summary>
internal static class ConsentPage
{
    private const string ErrorStart = "<p class=\"refusal\">";

    public static Markup Ask(EmulatorCore core, DialogRequest request, string path) => $"""
        <main>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Connect your business to {core.Options.AppName}</h1>
        <p><strong>{core.Options.AppName}</strong> asks for access to WhatsApp accounts of your business. You return to {new Uri(request.RedirectUri).Authority}.</p>
        <form method="post" action="{path}">
        {DialogRequest.Names.Where(request.Parameters.ContainsKey).Select(name => Hidden(name, request.Parameters[name]))}
        {core.World.Businesses.Select(Business)}
        {(core.World.Wabas.Count > 0 ? null : NoAccounts())}
        <h2>What {core.Options.AppName} may do</h2>
        <ul class="permissions">
        {request.Permissions(core.Options).Select(Permission)}
        </ul>
        <div class="decision">
        <button type="submit" name="decision" value="continue">Continue</button>
        <button type="submit" name="decision" value="cancel" class="quiet">Cancel</button>
        </div>
        </form>
        </main>
        """;

    public static Markup Error(string refusal) => $"""
        <main>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>Sorry, something went wrong</h1>
        <p class="refusal">{refusal}</p>
        <p>Go back to the page that sent you here and check its settings.</p>
        </main>
        """;

    public static string ReadError(string html)
    {
        var start = html.IndexOf(ErrorStart, StringComparison.Ordinal);
        if (start < 0)
            return "(unknown)";
        start += ErrorStart.Length;
        return WebUtility.HtmlDecode(html[start..html.IndexOf('<', start)]);
    }

    private static Markup Hidden(string name, string value) => $"""
        <input type="hidden" name="{name}" value="{value}">

        """;

    private static Markup Business(EmulatedBusiness business) => $"""
        <fieldset>
        <legend>{business.Name}</legend>
        {business.Wabas.Select(Waba)}
        </fieldset>

        """;

    private static Markup Waba(EmulatedWaba waba) => $"""
        <label class="choice">
        <input type="checkbox" name="waba" value="{waba.Id}" checked>
        <span><strong>{waba.Name}</strong>
        {waba.Numbers.Select(Number)}
        </span>
        </label>

        """;

    private static Markup Number(EmulatedNumber number) => $"""
        <span class="number">{number.DisplayPhoneNumber} · {number.VerifiedName}</span>

        """;

    private static Markup NoAccounts() => $"""
        <p>Your business has no WhatsApp account yet.</p>
        """;

    public static Markup Permission(string scope) => $"""
        <li>{Describe(scope)} <code>{scope}</code></li>

        """;

    private static string Describe(string scope) => scope switch
    {
        "whatsapp_business_management" => "Manage your WhatsApp accounts",
        "whatsapp_business_messaging" => "Send and receive WhatsApp messages for you",
        "business_management" => "See your business portfolios",
        "public_profile" => "See your name and profile picture",
        _ => "Use",
    };
}
