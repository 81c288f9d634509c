using System.Net;
using WhatsAppOnboarding.Testing.Webhooks;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>A callback that a call wants to set: https, or on this machine.</summary>
/// <param name="Address">The callback.</param>
/// <param name="VerifyToken">What the handshake carries.</param>
/// <param name="WrongChallenge">The code when something else than the challenge comes back.</param>
internal sealed record NewCallback(Uri Address, string VerifyToken, int WrongChallenge)
{
    private const int Refused = 2200;

    public static NewCallback Require(GraphRequest request, string parameter, int wrongChallenge = Refused)
    {
        var text = request.Require(parameter);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsAllowed(address))
            throw new GraphFailure(400, 100, $"(#100) Param {parameter} must be a valid https URL");
        return new NewCallback(address, request.Require("verify_token"), wrongChallenge);
    }

    /// <summary>Meta first asks the callback for its challenge back.</summary>
    public async Task VerifyAsync(EmulatorCore core, CancellationToken cancellationToken)
    {
        var result = await core.Post.HandshakeAsync(Address, VerifyToken, cancellationToken).ConfigureAwait(false);
        if (result == Handshake.Refused)
            throw new GraphFailure(400, Refused, "(#2200) Callback verification failed: the callback gave no answer or refused the verify token.");
        if (result == Handshake.WrongChallenge)
            throw new GraphFailure(400, WrongChallenge, $"(#{WrongChallenge}) response does not match challenge");
    }

    private static bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));
}
