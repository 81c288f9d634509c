namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>The address of a file. It takes the token from the <c>Authorization</c> header alone, and asks for no proof: it is no call of the Graph API.</summary>
internal static class DownloadMedia
{
    public const string Path = "/whatsapp_business/attachments";

    public static GraphAnswer Answer(GraphRequest request)
    {
        var token = request.HeaderToken is { } value ? request.World.Grants.FindToken(value) : null;
        if (token is null || TokenGate.Refuse(request.Core, token) is not null)
            throw new GraphFailure(401, 190, "Invalid OAuth access token.");

        var media = request.World.Media.Load(request.Parameters["hash"] ?? "", request.Core.Now);
        if (media is null || media.Id != request.Parameters["mid"] || !token.Opens(media.Number.Waba))
            throw new GraphFailure(404, 100, "(#100) The file is not here, or its address has ended.");
        return new GraphAnswer(200, media.Content.ToArray(), media.MimeType);
    }
}
