using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Data;
using WebHost.Languages;

namespace WebHost.Pages;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AccountModel(UserManager<AppUser> users, SignInManager<AppUser> signIn, AccountDeletion deletion, AppDbContext db, AuditList audit, IWhatsAppAccounts accounts, IStringLocalizer<Words> words) : PageModel
{
    public IReadOnlyList<AuditLine> Audit { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        using var export = await accounts.ExportAsync(User.AccountId(), cancellationToken);
        return File(JsonSerializer.SerializeToUtf8Bytes(export), "application/json", "whatsapp-export.json");
    }

    public async Task<IActionResult> OnPostSignOutEverywhereAsync()
    {
        if (await users.GetUserAsync(User) is { } user)
        {
            // Other sign-ins end when their stamp is looked at next, streams at once.
            db.Tell(new LiveNews(user.AccountId, LiveNews.AccountEnded));
            await users.UpdateSecurityStampAsync(user);
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
            ModelState.AddModelError("", words["The password is not right, so nothing was deleted. After five wrong tries an account is locked for five minutes."]);
            return await ShowAsync(cancellationToken);
        }

        var deleted = await deletion.DeleteAsync(user, cancellationToken);
        if (!deleted.Succeeded)
        {
            ModelState.AddModelError("", words["WhatsApp is disconnected, but the account could not be deleted. Try again."]);
            return await ShowAsync(cancellationToken);
        }

        await signIn.SignOutAsync();
        return Redirect("/");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        Audit = await audit.ReadAsync(User.AccountId(), cancellationToken);
        return Page();
    }
}
