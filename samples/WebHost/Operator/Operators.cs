using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;

namespace WebHost.Operator;

/// <summary>
/// Who may open the operator's page: whoever signs in with an address of <c>Operator:Emails</c>; in Development, where none is configured, the account that signed up first.
/// </summary>
public sealed class Operators(UserManager<AppUser> users, IConfiguration configuration, IHostEnvironment environment)
{
    /// <summary>The policy, and the claim that it asks for.</summary>
    public const string Policy = "operator";

    private readonly string[] _emails = configuration.GetSection("Operator:Emails").Get<string[]>() ?? [];

    /// <summary>Whether somebody is one by configuration.</summary>
    public bool IsNamed(string? email) => email is not null && _emails.Contains(email, StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the first account of a trial an operator.</summary>
    public async Task WelcomeAsync(AppUser user)
    {
        if (environment.IsDevelopment() && _emails.Length == 0 && await users.Users.CountAsync() == 1)
            await users.AddClaimAsync(user, new(Policy, "first"));
    }
}
