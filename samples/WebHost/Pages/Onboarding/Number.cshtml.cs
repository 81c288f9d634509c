using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebHost.Accounts;

namespace WebHost.Pages.Onboarding;

/// <summary>One number of the account: what is still to be done, and its PIN.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class NumberModel(IWhatsAppAccounts accounts, IWhatsAppSetup setup) : PageModel
{
    private const int CodeLength = 6;

    public PhoneNumberView Number { get; private set; } = null!;

    public StepNote? Note { get; private set; }

    /// <summary>The PIN, on the one answer that a person asked for it.</summary>
    public KeptPin? Pin { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
            return NotFound();
        Note = StepNote.Take(TempData);
        return Page();
    }

    /// <summary>Does a step that needs nothing, or a PIN at most.</summary>
    public Task<IActionResult> OnPostRunAsync(string id, string? step, string? pin, CancellationToken cancellationToken)
    {
        TwoStepPin? given = null;
        if (step is not (StepNames.Subscribe or StepNames.Register or StepNames.SyncContacts or StepNames.SyncHistory))
            return Task.FromResult<IActionResult>(BadRequest());
        return pin is not null && !TwoStepPin.TryParse(pin.Trim(), out given)
            ? DoAsync(id, _ => Task.FromResult(new StepOutcome { Step = step, Code = ErrorCodes.BadRequest }), cancellationToken)
            : DoAsync(id, new StepRequest { Step = step, Pin = given }, cancellationToken);
    }

    /// <summary>Has Meta send a code.</summary>
    public Task<IActionResult> OnPostSendAsync(string id, bool call, CancellationToken cancellationToken) =>
        DoAsync(id, new StepRequest { Step = StepNames.RequestCode, ByCall = call }, cancellationToken);

    /// <summary>Hands the code in, if it can be one: Meta rations the tries. People copy it with the spaces and dashes that it is shown with.</summary>
    public Task<IActionResult> OnPostVerifyAsync(string id, string? code, CancellationToken cancellationToken) =>
        string.Concat((code ?? "").Where(c => c is not (' ' or '-'))) is { Length: CodeLength } digits && digits.All(char.IsAsciiDigit)
            ? DoAsync(id, new StepRequest { Step = StepNames.VerifyCode, Code = digits }, cancellationToken)
            : DoAsync(id, _ => Task.FromResult(new StepOutcome { Step = StepNames.VerifyCode, Code = ErrorCodes.BadRequest }), cancellationToken);

    /// <summary>Shows the PIN on this very answer: it is never in an address, and nothing keeps the page.</summary>
    public async Task<IActionResult> OnPostPinAsync(string id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
            return NotFound();
        Pin = await setup.ReadPinAsync(User.AccountId(), PhoneNumberId.Parse(id), User.FindFirstValue(ClaimTypes.NameIdentifier), cancellationToken);
        return Page();
    }

    private Task<IActionResult> DoAsync(string id, StepRequest request, CancellationToken cancellationToken) =>
        DoAsync(id, number => setup.RunStepAsync(User.AccountId(), number, request, cancellationToken), cancellationToken);

    private async Task<IActionResult> DoAsync(string id, Func<PhoneNumberId, Task<StepOutcome>> step, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
            return NotFound();
        using var acts = User.Acts();
        var outcome = await step(PhoneNumberId.Parse(id));
        StepNote.Of(outcome).Keep(TempData);
        return outcome is { Succeeded: true, Number.OpenSteps.Count: 0 } ? Redirect("/dashboard") : RedirectToPage(new { id, handler = (string?)null });
    }

    private async Task<bool> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!PhoneNumberId.TryParse(id, out var number))
            return false;
        var read = await accounts.GetStatusAsync(User.AccountId(), cancellationToken);
        Number = read.PhoneNumbers.FirstOrDefault(view => view.IsActive && view.PhoneNumberId == number.ToString())!;
        return Number is not null;
    }
}
