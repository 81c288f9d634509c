using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Dialog;
using WhatsAppOnboarding.Testing.Pages;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary><c>/{version}/dialog/embedded-signup</c>: the window that <c>FB.login</c> opens, and the forms in it.</summary>
internal sealed class SignupPopup(EmulatorCore core)
{
    private const string Suffix = "/dialog/embedded-signup";
    private const string HandOver = Suffix + "/handed-over";

    public static bool Serves(PathString path) =>
        path.Value!.EndsWith(Suffix, StringComparison.Ordinal) || path.Value!.EndsWith(HandOver, StringComparison.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false)
            : null;
        if (http.Request.Path.Value!.EndsWith(HandOver, StringComparison.Ordinal))
        {
            core.World.Grants.HandOver(form?["code"].ToString() ?? "");
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var request = SignupRequest.Read(http.Request, form);
        if (request.Refuse(core) is { } refusal)
        {
            await PageWriter.WritePopupAsync(http, StatusCodes.Status400BadRequest, "Error", ConsentPage.Error(refusal)).ConfigureAwait(false);
            return;
        }

        var page = form is null ? Open(http, request) : Proceed(http, request, form);
        await PageWriter.WritePopupAsync(http, StatusCodes.Status200OK, "Connect to " + core.Options.AppName, page).ConfigureAwait(false);
    }

    private Markup Open(HttpContext http, SignupRequest request) => core.Popup.Open(request.ToOpened()) is { } scripted
        ? End(request, scripted, SignupChoice.Of(scripted, core.World))
        : core.Options.PreselectInPopup && ReviewPage.Render(core, request, http.Request.Path) is { } review ? review
        : Step(http, request, SignupStep.First, SignupChoice.Read(null));

    private Markup Proceed(HttpContext http, SignupRequest request, IFormCollection form)
    {
        var step = SignupStep.Find(form["step"].ToString());
        var choice = SignupChoice.Read(form);
        if (form["ending"] == ReviewPage.Change)
            return Step(http, request, SignupStep.First, choice);
        if (EndingMenu.Find(form["ending"].ToString(), step) is { } ending)
            return End(request, ending, choice);
        if (step.Next is { } next)
            return Step(http, request, next, choice);

        var usual = choice.Number == SignupChoice.None ? PopupEnding.FinishOnlyWaba : PopupEnding.Finish;
        return EndPage.AllSet(core, http.Request.Path, Script(request, usual, choice));
    }

    private Markup Step(HttpContext http, SignupRequest request, SignupStep step, SignupChoice choice) =>
        StepPage.Render(core, request, step, choice, http.Request.Path);

    private Markup End(SignupRequest request, PopupEnding ending, SignupChoice choice) =>
        EndPage.AtOnce(Script(request, ending, choice));

    private string Script(SignupRequest request, PopupEnding ending, SignupChoice choice) =>
        EndingScript.Write(core, request, ending, SignupEnd.Reach(core, ending, choice)).ToJsonString();
}
