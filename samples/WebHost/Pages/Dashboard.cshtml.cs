using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Pages.Onboarding;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Status;

namespace WebHost.Pages;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DashboardModel(
    IOnboardingStatus onboarding, IDisconnect connection, ChatHistory history, ChatSender sender, IOptions<WhatsAppOnboardingOptions> options) : PageModel
{
    public const int NumbersShown = 3;

    /// <summary>The shape of a message, for the script to fill.</summary>
    public static readonly MessageView Blank = new(0, "", "", null, true, "", default, "", "", null);

    public OnboardingStatus Status { get; private set; } = null!;

    public IReadOnlyList<PhoneNumberView> Held { get; private set; } = [];

    public IReadOnlyList<PhoneNumberView> Sendable { get; private set; } = [];

    public IReadOnlyList<Conversation> Conversations { get; private set; } = [];

    /// <summary>The conversation that is open; null while a new one is begun.</summary>
    public Chat.Thread? Thread { get; private set; }

    /// <summary>What was typed and could not be sent.</summary>
    public SendRequest? Typed { get; private set; }

    public string? SendProblem { get; private set; }

    /// <summary>What came of connecting, where somebody has just come back from Meta.</summary>
    public (string Text, string Tone)? Outcome { get; private set; }

    /// <summary>Whether connecting again would mend something.</summary>
    public bool NeedsConnect => Held.Any(n => n.State is "reconnect_needed" || n.OpenSteps.Any(open => open.Step is StepNames.Subscribe));

    /// <summary>Whether a number can only be used, or its app's data only be had, once somebody does something.</summary>
    public bool NeedsSomething => NeedsConnect || Held.Any(n => n.OpenSteps.Count > 0);

    /// <summary>Whether a card says something that should not be folded away.</summary>
    public bool HasTroubledNumber => NeedsSomething
        || Held.Any(n => !n.Connected || n.Findings.Any(f => !CommonFindings.Contains(f.Message)));

    /// <summary>What was noticed about each of several numbers, to be said once.</summary>
    public IReadOnlyList<string> CommonFindings { get; private set; } = [];

    public string OnboardingPath => options.Value.Paths.Onboarding;

    public bool CanSendHere => Thread is null
        ? Sendable.Count > 0
        : Thread.CanReply && Sendable.Any(n => n.PhoneNumberId == Thread.Number);

    public string WhyNot => Thread switch
    {
        { CanReply: false } => "This customer hides their number, so they can be answered only in WhatsApp itself.",
        null => "No number is ready to send yet. What is missing stands with each number above.",
        _ => "The number of this conversation is not ready to send.",
    };

    public string Detail => Thread is null ? "" : DetailOf(Thread);

    public bool IsOpen(Conversation conversation) => conversation?.Number == Thread?.Number && conversation?.Contact == Thread?.Contact;

    public IReadOnlyList<NumberCard> Cards(IEnumerable<PhoneNumberView> numbers) =>
        [.. numbers.Select(n => new NumberCard(n, [.. n.Findings.Select(f => f.Message).Except(CommonFindings)]))];

    /// <param name="whatsapp">From the library's redirect. A hint to look, never what is shown.</param>
    /// <param name="number">With <paramref name="contact"/>: the conversation to open.</param>
    /// <param name="contact">The customer.</param>
    /// <param name="new">Set to begin a new conversation.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OnGetAsync(string? whatsapp, string? number, string? contact, string? @new, CancellationToken cancellationToken)
    {
        await ReadAsync(number, contact, @new is not null, cancellationToken);
        Outcome = (whatsapp, Status.Connected, NeedsSomething) switch
        {
            (null, _, _) => null,
            (_, _, true) => ("Almost there. Not everything is finished; what is missing stands with each number below.", "warn"),
            (_, true, _) => ("WhatsApp is connected. New messages from your customers appear here by themselves.", "good"),
            _ => null,
        };
        if (StepNote.Take(TempData) is { } done)
            Outcome = (done.Text, done.Tone);
    }

    /// <summary>Sends without script: the form is posted and the page shown again.</summary>
    public async Task<IActionResult> OnPostSendAsync(
        string? number, string? contact, string? to, string? from, string? text, Guid key, CancellationToken cancellationToken)
    {
        Typed = new SendRequest(number ?? from, contact ?? to, text, key);
        var outcome = await sender.SendAsync(User.AccountId(), Typed, cancellationToken);
        if (outcome.Message is { Problem: null } sent)
            return Redirect($"/dashboard?number={sent.Number}&contact={sent.Contact}#chat");

        SendProblem = outcome.Problem ?? outcome.Message?.Problem;
        if (outcome.Message is { } failed)
            (Typed, number, contact) = (null, failed.Number, failed.Contact);
        await ReadAsync(number, contact, contact is null, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string? which, CancellationToken cancellationToken)
    {
        // As it was sent: binding makes blanks null, and what cannot be read must not come to mean all numbers.
        var sent = ModelState[nameof(which)]?.AttemptedValue;
        PhoneNumberId one = default;
        if (!string.IsNullOrEmpty(sent) && !PhoneNumberId.TryParse(sent, out one))
            return BadRequest();

        var scope = string.IsNullOrEmpty(sent) ? null : new DisconnectScope(one);
        await connection.DisconnectAsync(User.AccountId(), scope, cancellationToken);
        return Redirect("/dashboard");
    }

    private async Task ReadAsync(string? number, string? contact, bool begin, CancellationToken cancellationToken)
    {
        var account = User.AccountId();
        Status = await onboarding.ReadAsync(account, cancellationToken);
        Held = [.. Status.PhoneNumbers.Where(n => n.IsActive)];
        Sendable = [.. Held.Where(NumberText.CanSend)];
        CommonFindings = FindCommon(Held);
        Conversations = await history.ConversationsAsync(account, cancellationToken);

        if (number is null || contact is null)
            (number, contact) = begin || Conversations is not [var newest, ..] ? (null, null) : (newest.Number, newest.Contact);
        if (number is not null && contact is not null)
            Thread = await history.ThreadAsync(account, number, contact, before: null, cancellationToken);
    }

    private static IReadOnlyList<string> FindCommon(IReadOnlyList<PhoneNumberView> held) => held.Count < 2
        ? []
        : [.. held.Select(n => n.Findings.Select(f => f.Message)).Aggregate((all, next) => all.Intersect(next))];

    private string DetailOf(Chat.Thread thread)
    {
        var own = Status.PhoneNumbers.FirstOrDefault(n => n.PhoneNumberId == thread.Number);
        var with = thread.Name is null ? "" : thread.ContactText;
        var through = own is null || Status.PhoneNumbers.Count < 2 ? "" : $"to {NumberText.Label(own)}";
        return string.Join(" · ", new[] { with, through }.Where(part => part.Length > 0));
    }
}
