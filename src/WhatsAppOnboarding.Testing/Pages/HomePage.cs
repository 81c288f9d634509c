using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The emulator's own pages: a customer's phone with Meta's switches beside it, and everything that exists.</summary>
internal sealed class HomePage(EmulatorCore core)
{
    public static bool Serves(PathString path) =>
        path.Value is "/" or WorldView.Path or PhoneActs.Path or LossView.Path or "/emulator.css" or "/cockpit.css" or "/emulator.js" or "/popup.js" or "/favicon.ico"
        || path.Value!.StartsWith(ContentView.MediaPath, StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/") => PageWriter.WriteAsync(http, 200, "Meta emulator", "home", Cockpit(http.Request.Query)),
        ("GET", WorldView.Path) => PageWriter.WriteAsync(http, 200, "Everything at Meta", "home", WorldView.Render(core)),
        ("GET", "/emulator.css") => PageWriter.WriteAsync(http, 200, "text/css; charset=utf-8", Assets.Css),
        ("GET", "/cockpit.css") => PageWriter.WriteAsync(http, 200, "text/css; charset=utf-8", Assets.Cockpit),
        ("GET", "/emulator.js") => PageWriter.WriteAsync(http, 200, "text/javascript; charset=utf-8", Assets.Script),
        ("GET", "/popup.js") => PageWriter.WriteAsync(http, 200, "text/javascript; charset=utf-8", Assets.Popup),
        ("GET", "/favicon.ico") => NoIcon(http),
        ("GET", { } path) when path.StartsWith(ContentView.MediaPath, StringComparison.Ordinal) && core.World.Media.Find(path[ContentView.MediaPath.Length..]) is { } media =>
            PageWriter.WriteAsync(http, media),
        ("POST", PhoneActs.Path) => SubmitAsync(http, PhoneActs.DoAsync),
        ("POST", LossView.Path) => SubmitAsync(http, LossView.PressAsync),
        _ => PageWriter.WriteAsync(http, 404, "text/plain; charset=utf-8", "There is nothing here."),
    };

    private Markup Cockpit(IQueryCollection query) => PhoneChoice.Of(core.World, name => query[name].ToString()) is { } choice
        ? CockpitView.Render(core, choice, query["reply"].ToString(), query["edit"].ToString())
        : CockpitView.Empty();

    private static Task NoIcon(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Does what a form of these pages says, and leads to where it says.</summary>
    private async Task SubmitAsync(HttpContext http, Func<EmulatorCore, IFormCollection, CancellationToken, Task<string?>> submit)
    {
        if (!http.Request.HasFormContentType)
        {
            await PageWriter.WriteAsync(http, 403, "text/plain; charset=utf-8", "Use the form on the emulator's page.").ConfigureAwait(false);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        if (await submit(core, form, http.RequestAborted).ConfigureAwait(false) is { } next)
            PageWriter.SeeOther(http, next);
        else
            await PageWriter.WriteAsync(http, 404, "text/plain; charset=utf-8", "There is no such button, or what it is about is gone. Go back and reload the page.").ConfigureAwait(false);
    }
}
