using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>The last screen.</summary>
internal static class EndPage
{
    /// <summary>The last screen of the usual way. Closing the window here counts as success, as at Meta.</summary>
    public static Markup AllSet(EmulatorCore core, string path, string script) => $"""
        <main data-ending="{script}" data-handed-over="{path}/handed-over">
        <p class="standin">Stand-in for Meta, for local development</p>
        <p class="step">Last step</p>
        <h1>Your account is connected to {core.Options.AppName}</h1>
        <p>Finish, or close this window: both tell {core.Options.AppName} that you are done.</p>
        <div class="decision">
        <button type="button" data-finish>Finish</button>
        </div>
        </main>
        """;

    /// <summary>An ending that needs nobody.</summary>
    public static Markup AtOnce(string script) => $"""
        <main data-ending="{script}" data-at-once>
        <p class="standin">Stand-in for Meta, for local development</p>
        <h1>This window closes by itself</h1>
        <p>If it does not, the page that opened it is gone. You may close it.</p>
        </main>
        """;
}
