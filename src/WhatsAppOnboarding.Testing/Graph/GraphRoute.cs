using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>Which operation a request is.</summary>
internal sealed record GraphRoute(string Operation, string Version, string NodeId, Func<GraphRequest, JsonNode> Answer)
{
    /// <summary>The callback that Meta asks for its challenge before the call takes effect, or null.</summary>
    public Func<GraphRequest, NewCallback?>? NewCallback { get; private init; }

    /// <summary>The answer of an address that has no version and gives a file; null for the Graph API.</summary>
    public Func<GraphRequest, GraphAnswer>? Download { get; private init; }

    public static GraphRoute Match(HttpRequest request, MetaWorld world)
    {
        if (request.Path.StartsWithSegments(DownloadMedia.Path, StringComparison.Ordinal) && HttpMethods.IsGet(request.Method))
            return new GraphRoute(GraphOperations.DownloadMedia, "", "", Unsupported) { Download = DownloadMedia.Answer };
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var version = parts.FirstOrDefault() ?? "";
        var path = string.Join('/', parts.Skip(1));
        var node = parts.ElementAtOrDefault(1) ?? "";
        var edge = parts.Length == 3 ? parts[2] : parts.Length == 2 ? "" : "/";

        (string Operation, Func<GraphRequest, JsonNode> Answer) found = (request.Method, path, edge) switch
        {
            ("GET", "oauth/access_token", _) when request.Query["grant_type"] == "fb_exchange_token" => (GraphOperations.ExtendToken, ExtendToken.Answer),
            ("GET", "oauth/access_token", _) => (GraphOperations.ExchangeCode, ExchangeCode.Answer),
            ("GET", "debug_token", _) => (GraphOperations.DebugToken, DebugToken.Answer),
            ("GET", "me", _) => (GraphOperations.Me, ReadMe.Answer),
            ("GET", "me/businesses", _) => (GraphOperations.ListBusinesses, ListBusinesses.Answer),
            ("GET", _, "owned_whatsapp_business_accounts") => (GraphOperations.ListOwnedWabas, ListOwnedWabas.Answer),
            ("GET", _, "client_whatsapp_business_accounts") => (GraphOperations.ListClientWabas, ListClientWabas.Answer),
            ("GET", _, "phone_numbers") => (GraphOperations.ListPhoneNumbers, ListPhoneNumbers.Answer),
            ("GET", _, "subscribed_apps") => (GraphOperations.ListSubscribedApps, ListSubscribedApps.Answer),
            ("POST", _, "subscribed_apps") => (GraphOperations.SubscribeApp, SubscribeApp.Answer),
            ("DELETE", _, "subscribed_apps") => (GraphOperations.UnsubscribeApp, UnsubscribeApp.Answer),
            ("GET", _, "subscriptions") => (GraphOperations.ListAppSubscriptions, ListAppSubscriptions.Answer),
            ("POST", _, "subscriptions") => (GraphOperations.SetAppSubscription, SetAppSubscription.Answer),
            ("DELETE", _, "subscriptions") => (GraphOperations.DeleteAppSubscription, DeleteAppSubscription.Answer),
            ("POST", _, "register") => (GraphOperations.Register, RegisterNumber.Answer),
            ("POST", _, "deregister") => (GraphOperations.Deregister, DeregisterNumber.Answer),
            ("POST", _, "request_code") => (GraphOperations.RequestCode, RequestVerificationCode.Answer),
            ("POST", _, "verify_code") => (GraphOperations.VerifyCode, VerifyNumber.Answer),
            ("POST", _, "smb_app_data") => (GraphOperations.SyncAppData, SyncAppData.Answer),
            ("POST", _, "") when world.FindNumber(node) is not null => (GraphOperations.SetPin, SetPin.Answer),
            ("POST", _, "messages") => (GraphOperations.SendMessage, SendMessage.Answer),
            ("GET", _, "message_templates") => (GraphOperations.ListTemplates, ListTemplates.Answer),
            ("POST", _, "media") => (GraphOperations.UploadMedia, UploadMedia.Answer),
            ("GET", _, "") when world.Media.Find(node) is not null => (GraphOperations.ReadMedia, ReadMedia.Answer),
            ("DELETE", _, "") when world.Media.Find(node) is not null => (GraphOperations.DeleteMedia, DeleteMedia.Answer),
            ("GET", _, "whatsapp_business_profile") => (GraphOperations.ReadProfile, ReadProfile.Answer),
            ("POST", _, "whatsapp_business_profile") => (GraphOperations.UpdateProfile, UpdateProfile.Answer),
            ("GET", _, "") when world.FindWaba(node) is not null => (GraphOperations.ReadWaba, ReadWaba.Answer),
            ("GET", _, "") when world.FindNumber(node) is not null => (GraphOperations.ReadPhoneNumber, ReadPhoneNumber.Answer),
            _ => (GraphOperations.Unknown, Unsupported),
        };
        return new GraphRoute(found.Operation, version, node, found.Answer) { NewCallback = Handshaking(found.Operation) };
    }

    private static Func<GraphRequest, NewCallback?>? Handshaking(string operation) => operation switch
    {
        GraphOperations.SubscribeApp => SubscribeApp.NewCallback,
        GraphOperations.SetAppSubscription => SetAppSubscription.NewCallback,
        _ => null,
    };

    private static JsonObject Unsupported(GraphRequest request)
    {
        request.RequireToken();
        throw TokenGate.Missing(request);
    }
}
