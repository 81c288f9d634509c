using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Data;

namespace WebHost.Pages.Auth;

public sealed class LogoutModel(SignInManager<AppUser> signIn, AppDbContext db) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        if (await SignInSession.OfAsync(HttpContext) is { } session)
            await db.TellAsync(new LiveNews(User.AccountId().ToString(), LiveNews.SessionEnded, session.Id));
        await signIn.SignOutAsync();
        return Redirect("/");
    }
}
