using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WhatsAppOnboarding.Stores;

namespace WebHost.Pages.Operator;

/// <summary>For whoever runs the service: one parked webhook, with what Meta sent.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ParkedItemModel(IWhatsAppOperator operations) : PageModel
{
    /// <summary>Null when it is not parked any more.</summary>
    public LedgerRecord? Item { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? account, string? item, CancellationToken cancellationToken)
    {
        if (!AccountId.TryParse(account, out var id) || string.IsNullOrEmpty(item))
            return NotFound();
        Item = await operations.ListParkedAsync(new ParkedQuery { AccountId = id, ItemKey = item }, max: 1, cancellationToken: cancellationToken) is [var found] ? found : null;
        return Page();
    }
}
