using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using WebHost.Accounts;

namespace WebHost.Pages.Onboarding;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class WhatsAppModel(IWhatsAppAccounts accounts, WhatsAppWords words, IOptions<WhatsAppOnboardingOptions> options) : PageModel
{
    /// <summary>How it ended, for a page without scripts; with them the component shows it.</summary>
    public (string Message, string Action)? Ended { get; private set; }

    /// <summary>What can be chosen now; null when nothing can.</summary>
    public ChoiceView? Choice { get; private set; }

    /// <summary>The attempt that the address names.</summary>
    public string? Attempt { get; private set; }

    public bool HasNumbers { get; private set; }

    public WhatsAppOnboardingPaths Paths => options.Value.Paths;

    public string SuccessUrl => Paths.Dashboard + "?whatsapp=connected";

    /// <param name="error">The code of what went wrong, from the library's redirect.</param>
    /// <param name="attempt">The attempt that the redirect is about: it failed, or asks for a choice.</param>
    /// <param name="add">Set by somebody who has numbers and wants to connect more.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IActionResult> OnGetAsync(string? error, string? attempt, string? add, CancellationToken cancellationToken)
    {
        Attempt = Guid.TryParse(attempt, out var id) ? id.ToString() : null;
        HasNumbers = (await accounts.GetStatusAsync(User.AccountId(), cancellationToken)).PhoneNumbers.Any(number => number.IsActive);
        // Used up by an attempt that went well: somebody went back to Meta and continued again.
        if (HasNumbers && (error is ErrorCodes.StateUsed or ErrorCodes.CodeUsed || (error is null && add is null && Attempt is null)))
            return Redirect("/dashboard");

        var shown = Attempt is null ? null : await accounts.FindAttemptAsync(User.AccountId(), id, cancellationToken);
        Choice = shown?.Choice;
        if (error is not null && words.Error(error) is { } problem)
            Ended = (problem.Message, problem.Action);
        else if (shown is { Message: { } message, Action: { } action } && Choice is null)
            Ended = (message, action);
        return Page();
    }
}
