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

    public static Task WriteAsync(HttpContext context, string code, TimeSpan? retryAfter = null, Guid? attemptId = null)
    {
        var text = WhatsAppWords.Of(context).Error(code);
        if (retryAfter is { } wait)
            SetRetryAfter(context, wait);
        context.Response.StatusCode = text.HttpStatus;
        var answer = new ProblemAnswer("about:blank", text.Message, text.HttpStatus, false, text.Code, text.Message, text.Action, text.Retryable, attemptId);
        return context.Response.WriteAsJsonAsync(answer, ProblemJson.Default.ProblemAnswer, "application/problem+json", context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemAnswer))]
internal sealed partial class ProblemJson : JsonSerializerContext;
