using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebHost.Accounts;

namespace WebHost.Pages;

/// <summary>The account's latest attempts to connect, for whoever helps when one fails.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class AttemptsModel(IWhatsAppAccounts accounts) : PageModel
{
    public const int Shown = 25;

    public IReadOnlyList<AttemptView> Attempts { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Attempts = await accounts.ListAttemptsAsync(User.AccountId(), Shown, cancellationToken);
}
