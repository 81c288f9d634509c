using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>The parameters of a call: its query and, for a POST, its form or JSON body. The body wins.</summary>
internal sealed class GraphParameters(IQueryCollection query, JsonObject body)
{
    public JsonObject Body => body;

    /// <summary>The file named <c>file</c> of a multipart form, or null.</summary>
    public UploadedFile? File { get; private init; }

    public string? this[string name] =>
        body[name] is { } value ? (value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString())
        : query.TryGetValue(name, out var values) ? values.ToString()
        : null;

    public static async Task<GraphParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        UploadedFile? file = null;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (name, value) in form)
                body[name] = value.ToString();
            file = await UploadedFile.ReadAsync(form.Files["file"], cancellationToken).ConfigureAwait(false);
        }
        else if (request.HasJsonContentType() && request.ContentLength != 0)
        {
            try
            {
                body = await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken).ConfigureAwait(false) as JsonObject ?? body;
            }
            catch (JsonException)
            {
                throw new GraphFailure(400, 100, "(#100) The request body is no valid JSON.");
            }
        }

        return new GraphParameters(request.Query, body) { File = file };
    }
}
