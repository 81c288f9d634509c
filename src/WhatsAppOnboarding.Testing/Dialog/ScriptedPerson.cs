using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace WhatsAppOnboarding.Testing.Dialog;

/// <summary>A person at the consent screen, without a browser: posts the form of the page, which nobody draws, for it shows everything that there is.</summary>
internal static class ScriptedPerson
{
    public static async Task<Uri> DecideAsync(MetaEmulator emulator, Uri dialogUrl, string decision, IEnumerable<string>? wabaIds, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
        var fields = QueryHelpers.ParseQuery(dialogUrl.Query)
            .Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()))
            .Append(KeyValuePair.Create("decision", decision))
            .Concat((decision == "continue" ? wabaIds ?? emulator.World.Wabas.Select(waba => waba.Id) : []).Select(id => KeyValuePair.Create("waba", Known(emulator, id))));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(dialogUrl, form, cancellationToken).ConfigureAwait(false);
        if (answer.Headers.Location is { } back)
            return back;
        var html = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        throw new InvalidOperationException(answer.StatusCode == HttpStatusCode.BadRequest
            ? $"The dialog showed an error page: {ConsentPage.ReadError(html)}"
            : $"The dialog answered {(int)answer.StatusCode} instead of a redirect.");
    }

    private static string Known(MetaEmulator emulator, string wabaId) => emulator.World.FindWaba(wabaId) is not null
        ? wabaId
        : throw new ArgumentException($"No WABA has the id {wabaId}. Add it to the world first.", nameof(wabaId));
}
