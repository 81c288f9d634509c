using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The emulator's own page: what exists, a way to play the customer, and what can be lost.</summary>
internal sealed class HomePage(EmulatorCore core)
{
    private const string Conversation = "/conversation/";

    public static bool Serves(PathString path) =>
        path.Value is "/" or "/write" or LossView.Path or "/emulator.css" or "/emulator.js" or "/popup.js" or "/favicon.ico"
        || path.Value!.StartsWith(Conversation, StringComparison.Ordinal)
        || path.Value!.StartsWith(NumberView.Path, StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/") => PageWriter.WriteAsync(http, 200, "Meta emulator", "home", HomeView.Render(core)),
        ("GET", "/emulator.css") => PageWriter.WriteAsync(http, 200, "text/css; charset=utf-8", Assets.Css),
        ("GET", "/emulator.js") => PageWriter.WriteAsync(http, 200, "text/javascript; charset=utf-8", Assets.Script),
        ("GET", "/popup.js") => PageWriter.WriteAsync(http, 200, "text/javascript; charset=utf-8", Assets.Popup),
        ("GET", "/favicon.ico") => NoIcon(http),
        ("GET", { } path) when Find(path, Conversation) is { } number => WriteAsync(http, ConversationView.Entries(core, number)),
        ("GET", { } path) when Find(path, NumberView.Path) is { } number => WriteAsync(http, NumberView.Render(number)),
        ("POST", "/write") => SubmitAsync(http, WriteAsync),
        ("POST", LossView.Path) => SubmitAsync(http, LoseAsync),
        _ => PageWriter.WriteAsync(http, 404, "text/plain; charset=utf-8", "There is nothing here."),
    };

    private EmulatedNumber? Find(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) ? core.World.FindNumber(path[folder.Length..]) : null;

    private static Task WriteAsync(HttpContext http, Markup part) =>
        PageWriter.WriteAsync(http, 200, "text/html; charset=utf-8", part.ToString());

    private static Task NoIcon(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task SubmitAsync(HttpContext http, Func<HttpContext, IFormCollection, Task> submit)
    {
        if (!http.Request.HasFormContentType)
        {
            await PageWriter.WriteAsync(http, 403, "text/plain; charset=utf-8", "Use the form on the emulator's page.").ConfigureAwait(false);
            return;
        }

        await submit(http, await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task LoseAsync(HttpContext http, IFormCollection form)
    {
        if (await LossView.PressAsync(core, form, http.RequestAborted).ConfigureAwait(false) is { } next)
            PageWriter.SeeOther(http, next);
        else
            await PageWriter.WriteAsync(http, 404, "text/plain; charset=utf-8", "There is no such button, or what it is about is gone. Go back and reload the page.").ConfigureAwait(false);
    }

    private async Task WriteAsync(HttpContext http, IFormCollection form)
    {
        var number = core.World.FindNumber(form["number"].ToString());
        var body = form["body"].ToString().Trim();
        if (number is not null && body.Length > 0)
            await core.Webhooks.ReceiveMessageAsync(number.Id, form["from"].ToString(), form["name"].ToString(), body, http.RequestAborted).ConfigureAwait(false);
        PageWriter.SeeOther(http, number is null ? "/" : "/#number-" + number.Id);
    }
}
