namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>What all calls of one file ask for.</summary>
internal static class MediaGate
{
    /// <summary>The file in the path: the token opens its WABA, it has not ended, and it is the number's that <c>phone_number_id</c> names, if any.</summary>
    public static EmulatedMedia RequireMedia(this GraphRequest request)
    {
        var token = request.RequireToken();
        var media = request.World.Media.Find(request.NodeId);
        if (media is null || !token.Opens(media.Number.Waba) || request.Core.Now >= media.ExpiresAt)
            throw TokenGate.Missing(request);
        token.RequireScope("whatsapp_business_messaging", code: 10);
        return request.Parameters["phone_number_id"] is { } number && number != media.Number.Id ? throw TokenGate.Missing(request) : media;
    }
}
