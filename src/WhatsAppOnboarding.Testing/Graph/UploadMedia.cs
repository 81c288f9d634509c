using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/media</c>: a multipart form with <c>messaging_product</c>, <c>type</c> and <c>file</c>.</summary>
internal static class UploadMedia
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        token.RequireScope("whatsapp_business_messaging", code: 10);
        request.RequireWhatsApp();
        var file = request.Parameters.File ?? throw new GraphFailure(400, 100, "(#100) The parameter file is required.");
        var type = request.Require("type");

        // Measured at Meta: the file part's own type counts, and the parameter does not make up for it.
        foreach (var named in (string[])[file.ContentType, type])
        {
            if (!MediaTypes.IsKnown(named))
                throw new GraphFailure(400, 100, $"(#100) Param file must be a file with one of the following types: {MediaTypes.All}. Received file of type '{named}'.");
        }

        var longest = MediaTypes.LongestOf(file.ContentType, file.Content.Span);
        if (file.Content.Length == 0 || file.Content.Length > longest)
            throw new GraphFailure(400, 100, "(#100) Invalid parameter") { Details = $"The file has {file.Content.Length} bytes. Files of type {file.ContentType} must have 1 to {longest}." };

        var media = request.World.Media.Add(number, file.Content, file.ContentType, file.FileName, fromCustomer: false, request.Core.Now);
        return new JsonObject { ["id"] = media.Id };
    }
}
