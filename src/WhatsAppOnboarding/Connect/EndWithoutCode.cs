namespace WhatsAppOnboarding.Connect;

/// <summary>An end of Meta's popup without a code, as the page tells it, so that whoever is asked for help finds it among the attempts.</summary>
/// <param name="Code">The stable code of the end.</param>
/// <param name="Detail">At which step or with which error, in Meta's own words.</param>
internal sealed record EndWithoutCode(string Code, string? Detail)
{
    private static readonly string[] Known =
    [
        ErrorCodes.Cancelled, ErrorCodes.PopupError, ErrorCodes.PopupClosed, ErrorCodes.PopupBlocked, ErrorCodes.PopupTimeout, ErrorCodes.SdkUnavailable,
    ];

    /// <summary>The end that a request tells; null when it tells none that is known, or a code came, too.</summary>
    public static EndWithoutCode? Read(OAuthRequest request)
    {
        if (request.Code is not null || Array.Find(Known, code => code == request.Ending) is not { } known)
            return null;
        string?[] words = [ConnectHints.Word(request.CurrentStep), ConnectHints.Word(request.ErrorCode), ConnectHints.Word(request.SessionId)];
        return new EndWithoutCode(known, words.Any(word => word is not null) ? string.Join(' ', words.OfType<string>()) : null);
    }
}
