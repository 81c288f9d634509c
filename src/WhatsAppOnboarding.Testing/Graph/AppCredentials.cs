namespace WhatsAppOnboarding.Testing.Graph;

internal static class AppCredentials
{
    public static void Require(GraphRequest request)
    {
        if (request.Require("client_id") != request.Core.AppId)
        {
            throw new GraphFailure(400, 101, "Error validating application. Cannot get application info due to a system error.")
            {
                Challenge = "invalid_client",
            };
        }

        if (!TokenGate.Same(request.Require("client_secret"), request.Core.AppSecret))
            throw new GraphFailure(400, 1, "Error validating client secret.") { Challenge = "invalid_client" };
    }
}
