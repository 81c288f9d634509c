using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace WhatsAppOnboarding.Hosting;

/// <summary>
/// Tells OpenAPI what a JSON route takes and answers. The routes are served by request delegates, which say nothing of themselves.
/// </summary>
internal static class RouteDescription
{
    private const string Json = "application/json";

    /// <param name="route">The route.</param>
    /// <param name="name">Its stable name, the operation id of OpenAPI.</param>
    /// <param name="answer">What it answers with 200.</param>
    /// <param name="body">What it takes as JSON; null for none.</param>
    /// <param name="optionalBody">Whether the body may be left out.</param>
    /// <param name="parameters">A method whose parameters are those of path and query; null for none.</param>
    /// <param name="refusals">The statuses with which it refuses, beside 503.</param>
    public static TBuilder Describes<TBuilder>(
        this TBuilder route, string name, Type answer, Type? body = null, bool optionalBody = false, Delegate? parameters = null, params int[] refusals)
        where TBuilder : IEndpointConventionBuilder
    {
        var method = (parameters ?? Nothing).Method;
        route.WithName($"WhatsApp{name}").WithMetadata(method, new ProducesResponseTypeMetadata(StatusCodes.Status200OK, answer, [Json]));
        foreach (var parameter in method.GetParameters())
            route.WithMetadata(new DescribedParameter(parameter));
        if (body is not null)
            route.WithMetadata(new AcceptsMetadata([Json], body, optionalBody));
        foreach (var status in refusals.Append(StatusCodes.Status503ServiceUnavailable))
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Errors.ProblemAnswer), ["application/problem+json"]));
        return route;
    }

    private static readonly Func<Task> Nothing = () => Task.CompletedTask;

    private sealed record DescribedParameter(ParameterInfo ParameterInfo) : IParameterBindingMetadata
    {
        public string Name => ParameterInfo.Name!;

        public bool HasTryParse => ParameterInfo.ParameterType != typeof(string);

        public bool HasBindAsync => false;

        public bool IsOptional => ParameterInfo.HasDefaultValue;
    }
}
