using Microsoft.AspNetCore.Identity;

namespace WebHost.Accounts;

/// <summary>A person who signs in. In this sample each person is an account (tenant) of their own.</summary>
public sealed class AppUser : IdentityUser
{
    /// <summary>The account's id, which the library knows it by. Random, so that it tells nothing and cannot be guessed.</summary>
    public string AccountId { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>A copy kept by the library: the WABA of the account's newest active number. Never written here.</summary>
    public string? WabaId { get; set; }
}
