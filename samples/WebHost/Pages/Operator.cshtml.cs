using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;
using WhatsAppOnboarding.Stores;

namespace WebHost.Pages;

/// <summary>For whoever runs the service: what is parked, and how an account's books and Meta differ.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class OperatorModel(IWhatsAppOperator operations, IWhatsAppAccounts accounts, IWhatsAppSetup setup, AuditList audit, UserManager<AppUser> users) : PageModel
{
    public const int Shown = 50;

    public const int MostGroups = 5;

    private Dictionary<string, string?> _emails = [];

    /// <summary>Webhooks that are parked.</summary>
    public IReadOnlyList<ParkedGroup> Groups { get; private set; } = [];

    public IReadOnlyList<StoredEvent> Events { get; private set; } = [];

    /// <summary>The address that was asked for.</summary>
    public string? Email { get; private set; }

    /// <summary>The account of that address; null when there is none.</summary>
    public AppUser? Account { get; private set; }

    public IReadOnlyList<PhoneNumberView> Numbers { get; private set; } = [];

    /// <summary>Whom the account has invited.</summary>
    public IReadOnlyList<SetupLink> Links { get; private set; } = [];

    public IReadOnlyList<AuditLine> Audit { get; private set; } = [];

    /// <summary>How books and Meta differ; null when nobody asked.</summary>
    public IReadOnlyList<Finding>? Differences { get; private set; }

    [TempData]
    public string? Done { get; set; }

    /// <param name="email">Whose account to look at.</param>
    /// <param name="compare">Set to compare it with Meta, which changes nothing.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OnGetAsync(string? email, string? compare, CancellationToken cancellationToken)
    {
        Groups = await operations.GroupParkedAsync(cancellationToken: cancellationToken);
        Events = await operations.ListEventsAsync(parked: true, max: Shown, cancellationToken: cancellationToken);
        string[] ids = [.. Events.Select(stored => stored.Event.AccountId.ToString()).Distinct()];
        _emails = await users.Users.Where(user => ids.Contains(user.AccountId)).ToDictionaryAsync(user => user.AccountId, user => user.Email, cancellationToken);

        Email = email?.Trim();
        Account = string.IsNullOrEmpty(Email) ? null : await users.FindByEmailAsync(Email);
        if (Account is null)
            return;
        var id = AccountId.Parse(Account.AccountId);
        Numbers = (await accounts.GetStatusAsync(id, cancellationToken)).PhoneNumbers;
        Links = await setup.ListLinksAsync(id, cancellationToken);
        Audit = await audit.ReadAsync(id, cancellationToken);
        Differences = compare is null ? null : await operations.ReconcileAsync(id, cancellationToken: cancellationToken);
    }

    public async Task<IActionResult> OnPostReplayEventAsync(string account, Guid id, CancellationToken cancellationToken) =>
        Say(!AccountId.TryParse(account, out var of) ? null : await operations.ReplayParkedEventAsync(of, id, cancellationToken) switch
        {
            null => "It was not parked any more.",
            { ParkedAt: not null, Reason: var reason } => $"It failed again: {reason}",
            { NextAt: not null } => "It is being handed out.",
            _ => "Done: every handler has finished it.",
        });

    public async Task<IActionResult> OnPostDiscardEventAsync(string account, Guid id, CancellationToken cancellationToken) =>
        Say(!AccountId.TryParse(account, out var of) ? null
            : await operations.DiscardParkedEventAsync(of, id, cancellationToken) ? "It is given up." : "It was not parked any more.");

    public async Task<IActionResult> OnPostRepairAsync(string email, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(email) || await users.FindByEmailAsync(email) is not { } found)
            return NotFound();
        var left = await operations.ReconcileAsync(AccountId.Parse(found.AccountId), repair: true, cancellationToken: cancellationToken);
        Done = left.Count == 0 ? "Repaired: nothing is left." : "Repaired what is ours; the rest is listed below.";
        return RedirectToPage(new { email = found.Email, compare = "yes" });
    }

    public async Task<IActionResult> OnPostRevokeLinkAsync(string email, Guid id, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(email) || await users.FindByEmailAsync(email) is not { } found)
            return NotFound();
        var link = await operations.RevokeLinkAsync(AccountId.Parse(found.AccountId), id, cancellationToken);
        Done = link?.State is SetupLink.Revoked ? "The link is taken back." : "The link was over already.";
        return RedirectToPage(new { email = found.Email });
    }

    /// <summary>The database was restored from a backup: nothing of it counts before Meta has proved it.</summary>
    public async Task<IActionResult> OnPostRestoredAsync(CancellationToken cancellationToken)
    {
        var marked = await operations.MarkRestoredAsync(cancellationToken);
        return Say($"Marked as restored: {marked} to prove. Nothing is sent with these numbers, or delivered of them, until Meta has shown that they are as the backup says.");
    }

    /// <summary>Whose an item is, as people know it.</summary>
    public string NameOf(AccountId account) => _emails.GetValueOrDefault(account.ToString()) ?? $"{account} (no account any more)";

    private IActionResult Say(string? done)
    {
        if (done is null)
            return BadRequest();

        // What a handler said goes into a cookie.
        Done = done.Length > 300 ? done[..300] + "…" : done;
        return RedirectToPage();
    }
}
