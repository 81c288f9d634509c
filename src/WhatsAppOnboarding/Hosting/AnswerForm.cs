using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Marks two routes on one path: one for browsers that navigate, one for programs that accept JSON.</summary>
/// <param name="Json">Whether this one is for programs.</param>
internal sealed record AnswerForm(bool Json);

/// <summary>
/// Chooses between them before anybody is authorized, so that the host's sign-in sees the right one: programs get a 401, browsers a sign-in page.
/// </summary>
internal sealed class AnswerFormPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 100;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<AnswerForm>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var wantsJson = WantsJson(httpContext.Request);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<AnswerForm>() is { } form && form.Json != wantsJson)
                candidates.SetValidity(i, false);
        }

        return Task.CompletedTask;
    }

    private static bool WantsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && !accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
