using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Languages;
using WebHost.Pages.Onboarding;

namespace WebHost.Pages;

[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class DashboardModel(
    IWhatsAppAccounts accounts, ChatHistory history, ConversationList list, ChatSender sender, WhatsAppWords library, IStringLocalizer<Words> words, IOptions<WhatsAppOnboardingOptions> options) : PageModel
{
    /// <summary>The shape of a message, for the script to fill.</summary>
    public static readonly MessageView Blank = new()
    {
        Id = 0,
        Place = 0,
        Number = "",
        Contact = "",
        ContactText = "",
        CanReply = true,
        Incoming = true,
        Kind = "text",
        Text = "",
        Line = "",
        At = default,
        State = "",
        StateText = "",
    };

    public NumbersView Numbers { get; private set; } = null!;

    public ConversationPage List { get; private set; } = new([], null, 0);

    public IReadOnlyList<Conversation> Conversations => List.Items;

    /// <summary>What is looked for in the list.</summary>
    public string? Search { get; private set; }

    /// <summary>The conversation that is open; null while none is.</summary>
    public Chat.Thread? Thread { get; private set; }

    /// <summary>What was typed and could not be sent.</summary>
    public SendRequest? Typed { get; private set; }

    public string? SendProblem { get; private set; }

    /// <summary>What came of connecting, where somebody has just come back from Meta.</summary>
    public (string Text, string Tone)? Outcome { get; private set; }

    /// <summary>An attempt that somebody left before its end: what to say of it, and its id.</summary>
    public (string Text, Guid Attempt)? Left { get; private set; }

    /// <summary>Whether there is something to read or somebody to write to: then the page is an inbox, else it leads to the first connect.</summary>
    public bool HasChat => Numbers.Held.Count > 0 || Conversations.Count > 0 || Search is not null;

    /// <summary>What a screen that has room for one of them shows: the list, or what was chosen in it.</summary>
    public bool IsChosen { get; private set; }

    public string OnboardingPath => options.Value.Paths.Onboarding;

    /// <summary>Why nothing can be written here, and where that is mended; null when something can.</summary>
    public (string Text, ReadyLink? Link)? WhyNot => Thread switch
    {
        { IsGroup: true } => (words["You can only read groups here: an answer would go to one of its members alone."], null),
        { CanReply: false } => (words["Meta has not said how this customer can be reached."], null),
        { } thread when Numbers.All.FirstOrDefault(n => n.PhoneNumberId == thread.Number) is { } number => NumberReady.WhyNot(number, words),
        { } => (words["The number of this conversation is no longer kept here."], null),
        null when Numbers.Sendable.Count > 0 => null,
        null => (words["No number is ready to send yet. What is missing stands with each number above."], null),
    };

    /// <summary>Whether an answer would not arrive, because the customer's last message is too long ago or there was none.</summary>
    public bool IsClosed => Thread is { IsGroup: false } && !(Thread.Until > DateTimeOffset.UtcNow);

    /// <summary>Whether the number of this conversation may write first, which takes a template.</summary>
    public bool CanBegin => Numbers.Beginnable.Any(number => number.PhoneNumberId == Thread?.Number);

    /// <summary>Why what is written here may not be sent, or an answer may not arrive; null where both work, or nothing can be written.</summary>
    public (string Text, ReadyLink? Link)? Doubt =>
        WhyNot is null && Numbers.Sendable.FirstOrDefault(n => Thread is null || n.PhoneNumberId == Thread.Number) is { } number
        && new[] { number.CanSend, number.CanReceive }.FirstOrDefault(answer => answer.Answer is not Readiness.Yes) is { } why
            ? (NumberReady.Say(why, words, why == number.CanSend ? words["It is not sure that your message is sent."] : why.Answer is Readiness.No ? words["Answers do not arrive."] : words["It is not sure that answers arrive."]), NumberReady.LinkOf(number, why, words))
            : null;

    /// <summary>Whose drafts a page keeps.</summary>
    public string Account => User.AccountId().ToString();

    public string Detail => Thread is null ? "" : DetailOf(Thread);

    public bool IsOpen(Conversation conversation) => conversation?.Number == Thread?.Number && conversation?.Contact == Thread?.Contact;

    /// <param name="whatsapp">From the library's redirect. A hint to look, never what is shown.</param>
    /// <param name="number">With <paramref name="contact"/>: the conversation to open.</param>
    /// <param name="contact">The key of the customer.</param>
    /// <param name="search">What to look for in the list.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task OnGetAsync(string? whatsapp, string? number, string? contact, string? search, CancellationToken cancellationToken)
    {
        await ReadAsync(number, contact, search, cancellationToken);
        Outcome = (whatsapp, Numbers.Connected, Numbers.NeedsSomething) switch
        {
            (null, _, _) => null,
            (_, _, true) => (words["Almost there. Not everything is finished; what is missing stands with each number below."], "warn"),
            (_, true, _) => (words["WhatsApp is connected. New messages from your customers appear here by themselves."], "good"),
            _ => null,
        };
        Left = whatsapp is not null || await accounts.ListAttemptsAsync(User.AccountId(), 1, cancellationToken) is not [var latest] ? null : latest switch
        {
            { Choice: not null } => (words["Meta gave access. Which numbers do you want to connect?"], latest.AttemptId),
            { Outcome: null } => (words["Connecting is still under way."], latest.AttemptId),
            { Outcome: ErrorCodes.PopupLeft or ErrorCodes.CodeLost } when latest.StartedAt > DateTimeOffset.UtcNow.AddHours(-1) => (words["You left before WhatsApp was connected."], latest.AttemptId),
            _ => null,
        };
        if (StepNote.Take(TempData) is { } done)
            Outcome = (done.TextIn(library, words), done.Tone);
    }

    /// <summary>How the numbers stand now, for a page that is open.</summary>
    /// <param name="number">With <paramref name="contact"/>: the conversation that is open there.</param>
    /// <param name="contact">The key of the customer.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<IActionResult> OnGetStateAsync(string? number, string? contact, CancellationToken cancellationToken)
    {
        await ReadNumbersAsync(cancellationToken);
        if (number is not null && contact is not null)
            Thread = await history.ThreadAsync(User.AccountId(), number, contact, before: null, cancellationToken);
        return Partial("Dashboard/_State", this);
    }

    /// <summary>Sends without script: the form is posted and the page shown again.</summary>
    public async Task<IActionResult> OnPostSendAsync(
        string? number, string? contact, string? text, Guid key, CancellationToken cancellationToken)
    {
        Typed = new SendRequest(number, contact, null, text, key);
        var outcome = await sender.SendAsync(User.AccountId(), Typed, cancellationToken);
        if (outcome.Message is { Problem: null } sent)
            return Redirect($"/dashboard?number={sent.Number}&contact={sent.Contact}");

        SendProblem = outcome.Problem ?? outcome.Message?.Problem;
        if (outcome.Message is { } failed)
            (Typed, number, contact) = (null, failed.Number, failed.Contact);
        await ReadAsync(number, contact, search: null, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostDisconnectAsync(string? which, CancellationToken cancellationToken)
    {
        // As it was sent: binding makes blanks null, and what cannot be read must not come to mean all numbers.
        var sent = ModelState[nameof(which)]?.AttemptedValue;
        PhoneNumberId one = default;
        if (!string.IsNullOrEmpty(sent) && !PhoneNumberId.TryParse(sent, out one))
            return BadRequest();

        var scope = string.IsNullOrEmpty(sent) ? null : new DisconnectScope { PhoneNumberId = one };
        using (User.Acts())
            await accounts.DisconnectAsync(User.AccountId(), scope, cancellationToken);
        return Redirect("/dashboard");
    }

    private async Task ReadAsync(string? number, string? contact, string? search, CancellationToken cancellationToken)
    {
        var account = User.AccountId();
        await ReadNumbersAsync(cancellationToken);
        (Search, IsChosen) = (search, contact is not null);
        List = await list.ReadAsync(account, search, after: null, cancellationToken);

        if (number is not null && contact is not null)
            Thread = await history.ThreadAsync(account, number, contact, before: null, cancellationToken);
        if (Thread is null && Conversations is [var newest, ..])
            Thread = await history.ThreadAsync(account, newest.Number, newest.Contact, before: null, cancellationToken);
    }

    private async Task ReadNumbersAsync(CancellationToken cancellationToken) =>
        Numbers = new NumbersView(await accounts.GetStatusAsync(User.AccountId(), cancellationToken), DateTimeOffset.UtcNow, words);

    private string DetailOf(Chat.Thread thread)
    {
        var own = Numbers.All.FirstOrDefault(n => n.PhoneNumberId == thread.Number);
        var with = thread.Name is null ? "" : thread.ContactText;
        var through = own is null || Numbers.All.Count < 2 ? "" : words["to {0}", NumberText.Label(own, words)].Value;
        return string.Join(" · ", new[] { with, through }.Where(part => part.Length > 0));
    }
}
