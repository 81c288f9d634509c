using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using WebHost.Accounts;
using WebHost.Languages;

namespace WebHost.Pages.Onboarding;

/// <summary>Links by which somebody without a login here connects WhatsApp for the account.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class InviteModel(IWhatsAppSetup setup, IWhatsAppAccounts accounts, IStringLocalizer<Words> words) : PageModel
{
    public static IReadOnlyList<int> Days { get; } = [1, 3, 7, 14, 30];

    public IReadOnlyList<(string Code, string Name)> Languages => [("", words["That of their browser"]), .. LanguageSetup.All];

    /// <summary>The new link, on the one answer that shows its address.</summary>
    public SetupLink? Created { get; private set; }

    public string? Problem { get; private set; }

    public SetupLinkRequest Asked { get; private set; } = new();

    public IReadOnlyList<SetupLink> Links { get; private set; } = [];

    /// <summary>The account's numbers, to choose from.</summary>
    public IReadOnlyList<string> Numbers { get; private set; } = [];

    public string Back { get; private set; } = "/dashboard";

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public async Task OnPostCreateAsync(string? label, string? kind, string? number, int days, string? language, CancellationToken cancellationToken)
    {
        Asked = new SetupLinkRequest
        {
            Kind = kind ?? SetupLink.ForSetup,
            Lifetime = TimeSpan.FromDays(days),
            Language = string.IsNullOrEmpty(language) ? null : language,
            ExpectedNumber = string.IsNullOrWhiteSpace(number) ? null : number,
            Label = string.IsNullOrWhiteSpace(label) ? null : label.Trim(),
            Creator = User.Identity?.Name,
        };
        try
        {
            Created = await setup.CreateLinkAsync(User.AccountId(), Asked, cancellationToken);
            Asked = new SetupLinkRequest();
        }
        catch (ArgumentException wrong) when (wrong.ParamName is nameof(Asked.ExpectedNumber))
        {
            Problem = Asked.Kind is SetupLink.ForReconnect ? words["Name the number that is to be connected again: one that this account has or had."] : words["This is no telephone number."];
        }
        catch (ArgumentException)
        {
            Problem = words["The link could not be made. Check what you entered."];
        }
        catch (InvalidOperationException)
        {
            Problem = words["There are too many links that were not used yet. Take some of them back first."];
        }

        await ReadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        await setup.RevokeLinkAsync(User.AccountId(), id, User.Identity?.Name, cancellationToken);
        return RedirectToPage();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var status = await accounts.GetStatusAsync(User.AccountId(), cancellationToken);
        Numbers = [.. status.PhoneNumbers.Select(number => number.DisplayPhone).OfType<string>().Distinct()];
        Back = status.PhoneNumbers.Any(number => number.IsActive) ? "/dashboard" : "/onboarding/whatsapp";
        Links = await setup.ListLinksAsync(User.AccountId(), cancellationToken);
    }
}
