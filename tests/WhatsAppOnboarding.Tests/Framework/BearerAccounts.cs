using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Takes the bearer token for the account's id.</summary>
public sealed class BearerAccounts(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var accounts = Request.Headers.Authorization.ToString()["Bearer ".Length..];
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(TheHost.Principal(accounts), Scheme.Name)));
    }
}
