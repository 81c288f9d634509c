using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Connect;

/// <summary>How a link's page looks: as the web component on it, by the same custom properties, which a host's own style sheet may set.</summary>
internal static class LinkStyle
{
    public const string Sheet = """
        :root { color-scheme: light dark; --accent: var(--whatsapp-connect-accent, light-dark(#0b6e4f, #45c795)); --accent-text: var(--whatsapp-connect-accent-text, light-dark(#fff, #06251a));
          --surface: var(--whatsapp-connect-surface, light-dark(#fff, #18201c)); --text: var(--whatsapp-connect-text, light-dark(#17211b, #e8efeb));
          --muted: var(--whatsapp-connect-muted, light-dark(#53605a, #a7b5ae)); --border: var(--whatsapp-connect-border, light-dark(#d9dfd8, #33403a));
          --danger: var(--whatsapp-connect-danger, light-dark(#a3221d, #ff9d95)); --radius: var(--whatsapp-connect-radius, 14px);
          --page: var(--whatsapp-connect-page, light-dark(#f3f6f3, #0f1512)); }
        * { box-sizing: border-box; margin: 0; }
        body { font: 1rem/1.5 system-ui, sans-serif; background: var(--page); color: var(--text); padding: clamp(.75rem, 4vw, 3rem) .75rem; overflow-wrap: anywhere; }
        main { max-inline-size: 34rem; margin-inline: auto; display: grid; gap: 1rem; background: var(--surface); border: 1px solid var(--border); border-radius: var(--radius); padding: clamp(1rem, 5vw, 2rem); }
        h1 { font-size: 1.5rem; line-height: 1.25; text-wrap: balance; } h2 { font-size: 1.1rem; }
        .service { color: var(--muted); font-weight: 600; } .muted { color: var(--muted); font-size: .9rem; }
        .number { font-size: 1.25rem; font-weight: 700; font-variant-numeric: tabular-nums; }
        .note { border-inline-start: 4px solid var(--danger); padding-inline-start: .85rem; display: grid; gap: .3rem; }
        ul { padding-inline-start: 1.2rem; } form, fieldset { display: grid; gap: .8rem; min-inline-size: 0; } fieldset { border: 0; padding: 0; gap: .5rem; } legend { font-weight: 600; padding: 0 0 .4rem; }
        label { display: flex; align-items: center; gap: .8rem; min-block-size: 44px; padding: .55rem .85rem; border: 1px solid var(--border); border-radius: calc(var(--radius) * .7); cursor: pointer; }
        label small { display: block; color: var(--muted); font-size: .875rem; } input { inline-size: 1.25rem; block-size: 1.25rem; flex: none; accent-color: var(--accent); }
        button, .button { font: inherit; font-weight: 600; min-block-size: 48px; padding: .7rem 1.2rem; border-radius: calc(var(--radius) * .7); border: 1px solid transparent; background: var(--accent);
          color: var(--accent-text); cursor: pointer; text-align: center; text-decoration: none; display: block; inline-size: 100%; }
        button.plain { background: transparent; color: var(--text); border-color: var(--border); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        @media (forced-colors: active) { button, .button { border-color: ButtonText; } }
        """;

    /// <summary>What lets a browser take this style sheet where it takes no other inline one.</summary>
    public static string Hash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'";
}
