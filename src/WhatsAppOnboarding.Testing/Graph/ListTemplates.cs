using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Graph.Messages;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {waba}/message_templates</c>, all or those of a name, status, language or category.</summary>
internal static class ListTemplates
{
    private static readonly string[] Statuses = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "PENDING_DELETION", "DELETED", "LIMIT_EXCEEDED", "ARCHIVED"];
    private static readonly string[] Categories = ["AUTHENTICATION", "MARKETING", "UTILITY"];

    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        var name = request.Parameters["name"];
        var statuses = Words(request, "status", Statuses);
        var categories = Words(request, "category", Categories);
        var languages = Words(request, "language");
        var templates = waba.Templates.Where(template =>
            (name is null || template.Name == name)
            && statuses?.Contains(template.Status) != false
            && categories?.Contains(template.Category) != false
            && languages?.Contains(template.Language) != false);
        return Paging.Page(request, templates, template => template.Sequence, template => TemplateFields.Select(request, template));
    }

    /// <summary>One word, or a JSON list of words.</summary>
    private static IReadOnlyList<string>? Words(GraphRequest request, string parameter, string[]? allowed = null)
    {
        if (request.Parameters[parameter] is not { Length: > 0 } text)
            return null;
        IReadOnlyList<string> words = text[0] != '[' ? [text]
            : MessagePart.Strings(text) ?? throw new GraphFailure(400, 100, $"(#100) Param {parameter} must be an array of strings.");
        if (allowed is not null && words.Any(word => !allowed.Contains(word)))
            throw new GraphFailure(400, 100, $"(#100) Param {parameter} must be one of {{{string.Join(", ", allowed)}}}");
        return words;
    }
}
