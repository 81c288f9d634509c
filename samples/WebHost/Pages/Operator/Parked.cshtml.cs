using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using WebHost.Accounts;
using WhatsAppOnboarding.Stores;

namespace WebHost.Pages.Operator;

/// <summary>For whoever runs the service: webhooks that are parked, by reason and one by one, to be tried again or given up.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ParkedModel(IWhatsAppOperator operations, UserManager<AppUser> users) : PageModel
{
    public const int Shown = 50;

    /// <summary>A request has an end; what is left then waits for another press.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private Dictionary<string, string?> _emails = [];

    [BindProperty(SupportsGet = true)]
    public ParkedFilter Filter { get; set; } = new();

    /// <summary>What is to be confirmed: <c>replay</c> or <c>discard</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ask { get; set; }

    /// <summary>Of the filter; all of them where nothing is filtered.</summary>
    public IReadOnlyList<ParkedGroup> Groups { get; private set; } = [];

    public int Count => Groups.Sum(group => group.Count);

    public IReadOnlyList<LedgerRecord> Items { get; private set; } = [];

    /// <summary>The address of the next page; null on the last one.</summary>
    public Dictionary<string, string>? Next { get; private set; }

    [TempData]
    public string? Done { get; set; }

    /// <param name="at">When the last one of the page before failed first.</param>
    /// <param name="of">Its account.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OnGetAsync(DateTimeOffset? at, string? of, string? key, CancellationToken cancellationToken)
    {
        if (Filter.Query is not { } query)
        {
            ModelState.AddModelError("", "This is no account id, or no time. Nothing was looked up.");
            return;
        }

        Groups = await operations.GroupParkedAsync(query, cancellationToken);
        var after = at is { } time && key is not null && AccountId.TryParse(of, out var last) ? LedgerRecord.New(last, key, time) with { FirstFailedAt = time } : null;
        var found = await operations.ListParkedAsync(query, after, Shown + 1, cancellationToken);
        Items = [.. found.Take(Shown)];
        if (found.Count > Shown)
            Next = new Dictionary<string, string>(Filter.Values) { ["at"] = Items[^1].FirstFailedAt!.Value.ToString("o", CultureInfo.InvariantCulture), ["of"] = Items[^1].AccountId.ToString(), ["key"] = Items[^1].ItemKey };
        string[] ids = [.. Items.Select(item => item.AccountId.ToString()).Distinct()];
        _emails = await users.Users.Where(user => ids.Contains(user.AccountId)).ToDictionaryAsync(user => user.AccountId, user => user.Email, cancellationToken);
    }

    public Task<IActionResult> OnPostReplayAsync(CancellationToken cancellationToken) => RunAsync(operations.ReplayParkedAsync, "replayed", cancellationToken);

    public Task<IActionResult> OnPostDiscardAsync(CancellationToken cancellationToken) => RunAsync(operations.DiscardParkedAsync, "given up", cancellationToken);

    /// <summary>Whose an item is, as people know it.</summary>
    public string NameOf(AccountId account) => _emails.GetValueOrDefault(account.ToString()) ?? $"{account} (no account any more)";

    public Dictionary<string, string> Asking(string what) => new(Filter.Values) { ["ask"] = what };

    /// <summary>The filter, narrowed to one group.</summary>
    public Dictionary<string, string> Narrowed(ParkedGroup group) => new(Filter.Values) { ["reason"] = group.Reason, ["failedIn"] = group.Handler };

    private async Task<IActionResult> RunAsync(Func<ParkedQuery, CancellationToken, Task<ParkedResult>> run, string done, CancellationToken cancellationToken)
    {
        if (Filter.Query is not { } query)
            return BadRequest();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Longest);
        var result = await run(query, end.Token);
        Done = $"{result.Unparked} {done}, {result.FailedAgain} failed again, {result.Left} left."
            + (end.IsCancellationRequested ? " The time of a request was over: press again for the rest." : "");
        return RedirectToPage(result.Left == 0 ? new Dictionary<string, string>() : Filter.Values);
    }
}
