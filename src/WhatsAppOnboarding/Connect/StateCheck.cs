using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>Whether a state may be finished here: signature, expiry, way, browser, account, in this order. It consumes nothing.</summary>
internal sealed class StateCheck(StateProtection protection, AccountPrincipal principal, TimeProvider time)
{
    /// <summary>The state, or the code of the refusal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="text">The state as it came.</param>
    /// <param name="byPost">Whether a post finishes here, else the callback.</param>
    /// <param name="isBrowser">Whether the browser has the cookie with that hash; asked only of states for a browser.</param>
    public async Task<(ConnectState? State, string? Refusal)> RunAsync(HttpContext context, string? text, bool byPost, Func<string?, bool> isBrowser)
    {
        if (protection.Unprotect(text) is not { } state)
            return (null, ErrorCodes.StateInvalid);
        if (state.ExpiresAt <= time.GetUtcNow())
            return (null, ErrorCodes.StateExpired);
        if (byPost ? !ConnectWay.IsByPost(state.Way) : state.Way != ConnectWay.Browser)
            return (null, ErrorCodes.StateWrongWay);
        if (!byPost && !isBrowser(state.BrowserHash))
            return (null, ErrorCodes.OtherBrowser);
        var (account, refusal) = await principal.FindAsync(context, state.Account).ConfigureAwait(false);
        if (account is not { } signedIn)
            return (null, refusal);
        return state.Account == signedIn ? (state, null) : (null, ErrorCodes.OtherAccount);
    }
}
