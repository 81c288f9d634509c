namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>What only the app itself may do.</summary>
internal static class AppGate
{
    public static void RequireApp(this GraphRequest request)
    {
        if (!request.IsAppToken())
        {
            request.RequireToken(status: 400);
            throw new GraphFailure(400, 15, "(#15) This method must be called with an app access_token.");
        }

        if (request.NodeId != request.Core.AppId)
            throw TokenGate.Missing(request);
    }

    public static void RequireWhatsAppObject(this GraphRequest request)
    {
        if (request.Require("object") != Webhooks.WebhookFields.Object)
            throw new GraphFailure(400, 100, $"(#100) Param object must be one of {{{Webhooks.WebhookFields.Object}}}");
    }

    /// <summary>The fields named, by commas or as a JSON list; null when the parameter is missing.</summary>
    public static IReadOnlyList<string>? Fields(this GraphRequest request)
    {
        if (request.Parameters["fields"] is not { } text)
            return null;
        var fields = text.Split([',', '[', ']', '"', ' '], StringSplitOptions.RemoveEmptyEntries);
        return fields.FirstOrDefault(field => !Webhooks.WebhookFields.All.Contains(field)) is { } unknown
            ? throw new GraphFailure(400, 100, $"(#100) Invalid webhook field: {unknown}")
            : [.. fields.Distinct()];
    }
}
