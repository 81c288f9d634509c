using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>The parameters of a call: its query and, for a POST, its form or JSON body. The body wins.</summary>
internal sealed class GraphParameters(IQueryCollection query, JsonObject body)
{
    public JsonObject Body => body;

    public string? this[string name] =>
        body[name] is { } value ? (value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString())
        : query.TryGetValue(name, out var values) ? values.ToString()
        : null;

    public static async Task<GraphParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(cancellationToken).ConfigureAwait(false))
                body[name] = value.ToString();
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

        return new GraphParameters(request.Query, body);
    }
}
