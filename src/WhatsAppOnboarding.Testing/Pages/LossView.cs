using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The buttons by which a person lets something be lost at Meta, and gives it back.</summary>
internal static class LossView
{
    public const string Path = "/loss";

    /// <summary>Tokens shown: the newest that live.</summary>
    private const int Most = 20;

    public static Markup OfService(EmulatorCore core) => Menu("Let Meta be down, slow or throttled", "service", "", LossButtons.OfService, core.Service);

    public static Markup Of(EmulatedWaba waba) => Menu("What this account can lose", "waba", waba.Id, LossButtons.OfWaba, waba);

    public static Markup Of(EmulatedNumber number) => Menu("What this number can lose", "number", number.Id, LossButtons.OfNumber, number);

    public static Markup? Tokens(EmulatorCore core)
    {
        var living = core.World.IssuedTokens.Index().Where(one => !one.Item.IsRevoked && !(one.Item.ExpiresAt <= core.Now)).TakeLast(Most).Reverse().ToList();
        return living.Count == 0 ? null : (Markup)$"""
            <section aria-labelledby="tokens">
            <h2 id="tokens">Tokens that live</h2>
            {living.Select(one => Token(one.Index, one.Item))}
            </section>

            """;
    }

    /// <summary>Does what the button says; where to go then, or null when there is no such button.</summary>
    public static async Task<string?> PressAsync(EmulatorCore core, IFormCollection form, CancellationToken cancellationToken)
    {
        var (of, id, name) = (form["of"].ToString(), form["id"].ToString(), form["loss"].ToString());
        var pressed = of switch
        {
            "service" => Press(core, LossButtons.OfService, core.Service, name, cancellationToken),
            "waba" => Press(core, LossButtons.OfWaba, core.World.FindWaba(id), name, cancellationToken),
            "number" => Press(core, LossButtons.OfNumber, core.World.FindNumber(id), name, cancellationToken),
            "token" => Press(core, LossButtons.OfToken, FindToken(core, id), name, cancellationToken),
            _ => null,
        };
        if (pressed is null)
            return null;
        await pressed.ConfigureAwait(false);
        return of switch
        {
            _ when form.ContainsKey("number") => PhoneChoice.Of(core.World, name => form[name].ToString())?.Address ?? "/",
            "token" => WorldView.Path + "#tokens",
            "service" => WorldView.Path,
            _ => $"{WorldView.Path}#{of}-{id}",
        };
    }

    private static Task? Press<T>(EmulatorCore core, IReadOnlyList<LossButton<T>> buttons, T? of, string name, CancellationToken cancellationToken)
        where T : class =>
        of is null ? null : buttons.FirstOrDefault(button => button.Name == name && button.Fits(of))?.Press(core, of, cancellationToken);

    private static EmulatedToken? FindToken(EmulatorCore core, string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? core.World.IssuedTokens.ElementAtOrDefault(index) : null;

    /// <summary>Never the token itself.</summary>
    private static Markup Token(int index, EmulatedToken token) => $"""
        <div class="waba">
        <h3>Token {(index + 1).ToString(CultureInfo.InvariantCulture)}</h3>
        <p>Of a {(token.Kind == EmulatedTokenKind.User ? "person" : "system user")}, issued {At(token.IssuedAt)}, ends {At(token.ExpiresAt)}, access to data ends {At(token.DataAccessEndsAt)}.
        Opens {(token.WabaIds.Count == 0 ? "nothing" : string.Join(", ", token.WabaIds))}.</p>
        {Menu("What this token can lose", "token", index.ToString(CultureInfo.InvariantCulture), LossButtons.OfToken, token)}
        </div>

        """;

    private static string At(DateTimeOffset? time) => time is { } at ? at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "never";

    private static Markup Menu<T>(string title, string of, string id, IReadOnlyList<LossButton<T>> buttons, T one) => $"""
        <details class="losses">
        <summary>{title}</summary>
        <form method="post" action="{Path}">
        <input type="hidden" name="of" value="{of}">
        <input type="hidden" name="id" value="{id}">
        {buttons.Where(button => button.Fits(one)).Select(button => Button(button.Name, button.Label))}
        </form>
        </details>

        """;

    private static Markup Button(string name, string label) => $"""
        <button class="quiet" name="loss" value="{name}">{label}</button>

        """;
}
