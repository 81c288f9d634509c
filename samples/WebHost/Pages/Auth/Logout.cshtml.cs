using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebHost.Accounts;
using WebHost.Chat;

namespace WebHost.Pages.Auth;

public sealed class LogoutModel(SignInManager<AppUser> signIn, LiveFeed feed) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await SignInSession.OfAsync(HttpContext) is { } session)
            feed.EndSession(User.AccountId(), session.Id);
        await signIn.SignOutAsync();
        return Redirect("/");
    }
}
