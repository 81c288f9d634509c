using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebHost.Accounts;
using WebHost.Chat;

namespace WebHost.Pages;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, AccountDeletion deletion, LiveFeed feed) : PageModel
{
    public async Task<IActionResult> OnPostSignOutEverywhereAsync()
    {
        if (await users.GetUserAsync(User) is { } user)
        {
            // Other sign-ins end when their stamp is looked at next, streams at once.
            await users.UpdateSecurityStampAsync(user);
            feed.EndAccount(user.AccountId);
        }

        await signIn.SignOutAsync();
        return Redirect("/auth/login");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? password, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(User) is not { } user)
            return Redirect("/");

        var check = await signIn.CheckPasswordSignInAsync(user, password ?? "", lockoutOnFailure: true);
        if (!check.Succeeded)
        {
            ModelState.AddModelError("", "The password is not right, so nothing was deleted. After five wrong tries an account is locked for five minutes.");
            return Page();
        }

        var deleted = await deletion.DeleteAsync(user, cancellationToken);
        if (!deleted.Succeeded)
        {
            ModelState.AddModelError("", "WhatsApp is disconnected, but the account could not be deleted. Try again.");
            return Page();
        }

        await signIn.SignOutAsync();
        return Redirect("/");
    }
}
