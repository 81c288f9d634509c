using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Data;

namespace WebHost.Pages.Auth;

/// <summary>Where the link of a mail leads to. Opening it changes nothing; the form uses it up.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ResetModel(UserManager<AppUser> users, AccountRules rules, AppDbContext db) : FormPageModel
{
    private static readonly IdentityResult Over = IdentityResult.Failed(new IdentityErrorDescriber().InvalidToken());

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
    public string Password { get; set; } = "";

    protected override IReadOnlyList<string> Fields { get; } = [nameof(Password)];

    // Nothing was entered yet that could be wrong.
    public void OnGet() => ModelState.Clear();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return Page();
        var user = await users.FindByIdAsync(Account ?? "");
        var changed = user is null ? Over : await users.ResetPasswordAsync(user, Token ?? "", Password);
        if (!changed.Succeeded)
        {
            rules.Explain(changed, ModelState);
            return Page();
        }

        // Whoever has the mailbox need not wait for what somebody else tried.
        await users.SetLockoutEndDateAsync(user!, null);
        await users.ResetAccessFailedCountAsync(user!);
        await db.TellAsync(new LiveNews(user!.AccountId, LiveNews.AccountEnded));
        return RedirectToPage("/Auth/Login", new { changed = true });
    }
}
