using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Dialog;

/// <summary><c>GET /{version}/dialog/oauth</c> and the form on it.</summary>
internal sealed class LoginDialog(EmulatorCore core)
{
    public static bool Serves(PathString path) => path.Value!.EndsWith("/dialog/oauth", StringComparison.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false)
            : null;
        var request = Read(http.Request, form);
        if (request.Refuse(core) is { } refusal)
        {
            await PageWriter.WriteAsync(http, StatusCodes.Status400BadRequest, "Error", "dialog", ConsentPage.Error(refusal)).ConfigureAwait(false);
            return;
        }

        if (form is null)
        {
            var page = ConsentPage.Ask(core, request, http.Request.Path);
            await PageWriter.WriteAsync(http, StatusCodes.Status200OK, "Connect to " + core.Options.AppName, "dialog", page).ConfigureAwait(false);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status302Found;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Location = Decide(request, form);
    }

    private string Decide(DialogRequest request, IFormCollection form)
    {
        if (form["decision"] != "continue")
            return DialogRedirect.Cancelled(request);
        var chosen = form["waba"].OfType<string>().Where(id => core.World.FindWaba(id) is not null);
        var grant = core.World.Grants.Grant(chosen, request.Permissions(core.Options));
        return DialogRedirect.Granted(request, core.World.Grants.IssueCode(grant, request.RedirectUri).Value);
    }

    private static DialogRequest Read(HttpRequest http, IFormCollection? form)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var name in DialogRequest.Names)
        {
            var value = form is null ? http.Query[name] : form[name];
            if (value.Count > 0)
                parameters[name] = value[0] ?? "";
        }

        return new DialogRequest(http.Path.Value!.Split('/')[1], parameters);
    }
}
