using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Errors;

/// <summary>A failure as <c>application/problem+json</c>.</summary>
internal sealed record ProblemAnswer(
    string Type, string Title, int Status, bool Success, string Code, string Message, string Action, bool Retryable, Guid? AttemptId)
{
    /// <summary>Whole seconds, at least one.</summary>
    public static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <param name="context">The request.</param>
    /// <param name="code">What happened.</param>
    /// <param name="retryAfter">How long to wait.</param>
    /// <param name="attemptId">The attempt, if there is one.</param>
    /// <param name="status">The status, if it is not the code's own; one of success makes it plain JSON.</param>
    public static Task WriteAsync(HttpContext context, string code, TimeSpan? retryAfter = null, Guid? attemptId = null, int? status = null)
    {
        var text = WhatsAppWords.Of(context).Error(code);
        if (retryAfter is { } wait)
            SetRetryAfter(context, wait);
        context.Response.StatusCode = status ?? text.HttpStatus;
        var answer = new ProblemAnswer("about:blank", text.Message, context.Response.StatusCode, false, text.Code, text.Message, text.Action, text.Retryable, attemptId);
        return context.Response.WriteAsJsonAsync(answer, ProblemJson.Default.ProblemAnswer, status is null ? "application/problem+json" : "application/json", context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class ProblemJson : JsonSerializerContext;
