using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/smb_app_data</c>: contacts or history of a coexistence number, each once and within a day. The data itself would come as webhooks.</summary>
internal static class SyncAppData
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        request.RequireWhatsApp();
        var type = request.Require("sync_type");
        if (type is not ("smb_app_state_sync" or "history"))
            throw new GraphFailure(400, 100, "(#100) Param sync_type must be one of {smb_app_state_sync, history}");
        if (!number.IsCoexistence)
            throw Refused("This number is not used with the WhatsApp Business app.");
        if (number.AppDataSyncs.Any(sync => sync.SyncType == type))
            throw Refused("This data was asked for before.");
        if (number.OnboardedAt is not { } onboarded || request.Core.Now >= onboarded + Window)
            throw Refused("More than 24 hours have passed since the number was onboarded.");

        var sync = new EmulatedAppDataSync { SyncType = type, RequestId = MetaIds.NewId(), At = request.Core.Now };
        number.Add(sync);
        return new JsonObject { ["messaging_product"] = "whatsapp", ["request_id"] = sync.RequestId };
    }

    private static GraphFailure Refused(string details) => new(400, 100, "(#100) Invalid parameter") { Details = details };
}
