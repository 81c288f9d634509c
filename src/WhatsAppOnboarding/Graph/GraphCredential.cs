namespace WhatsAppOnboarding.Graph;

/// <summary>What proves to Meta that a call may be made.</summary>
internal sealed class GraphCredential
{
    private GraphCredential(AccessToken? token) => Token = token;

    /// <summary>The app itself, by its app token in the header.</summary>
    public static GraphCredential App { get; } = new(null);

    /// <summary>The app itself, by its id and secret among the parameters.</summary>
    public static GraphCredential ClientSecret { get; } = new(null);

    /// <summary>The customer's token, when the call is made in the customer's name.</summary>
    public AccessToken? Token { get; }

    public static GraphCredential Of(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(token);
    }
}
