namespace WhatsAppOnboarding.Connect;

/// <summary>Whether a state may be finished here: signature, expiry, way, browser, account, in this order. It consumes nothing.</summary>
internal sealed class StateCheck(StateProtection protection, TimeProvider time)
{
    /// <summary>The state, or the code of the refusal.</summary>
    /// <param name="text">The state as it came.</param>
    /// <param name="byPost">Whether a post finishes here, else the callback.</param>
    /// <param name="isBrowser">Whether the browser has the cookie with that hash; asked only of states for a browser.</param>
    /// <param name="account">Who is signed in, or null.</param>
    /// <param name="refusal">What to say when there is no account.</param>
    public (ConnectState? State, string? Refusal) Run(string? text, bool byPost, Func<string?, bool> isBrowser, AccountId? account, string refusal)
    {
        if (protection.Unprotect(text) is not { } state)
            return (null, ErrorCodes.StateInvalid);
        if (state.ExpiresAt <= time.GetUtcNow())
            return (null, ErrorCodes.StateExpired);
        if (byPost ? !ConnectWay.IsByPost(state.Way) : state.Way != ConnectWay.Browser)
            return (null, ErrorCodes.StateWrongWay);
        if (!byPost && !isBrowser(state.BrowserHash))
            return (null, ErrorCodes.OtherBrowser);
        if (account is not { } signedIn)
            return (null, refusal);
        return state.Account == signedIn ? (state, null) : (null, ErrorCodes.OtherAccount);
    }
}
