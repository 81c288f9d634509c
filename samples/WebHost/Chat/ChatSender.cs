using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>What a person asks to send.</summary>
/// <param name="From">The id of one of the account's numbers.</param>
/// <param name="Contact">The customer of the conversation that is answered; null where one is begun.</param>
/// <param name="To">The customer's number as typed, where a conversation is begun.</param>
/// <param name="Text">The text.</param>
/// <param name="Key">New for each message; the same key again sends nothing again.</param>
public sealed record SendRequest(string? From, string? Contact, string? To, string? Text, Guid Key);

/// <summary>The message as it ended up, or why there is none.</summary>
public sealed record SendOutcome(MessageView? Message, string? Problem = null, string? Field = null);

/// <summary>Sends a text: noted first, then handed to Meta, then what Meta said noted.</summary>
public sealed class ChatSender(
    AppDbContext db, ChatContacts contacts, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords words, ChatHistory history)
{
    private const string NumberRule = "Enter the number with its country code, such as +1 631 555 0199.";
    private const int Tries = 5;

    private static readonly SendOutcome Unanswerable = new(null, "This conversation cannot be answered here.", "to");

    public async Task<SendOutcome> SendAsync(AccountId account, SendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = request.Text?.Trim().ReplaceLineEndings("\n") ?? "";
        if (text.Length is 0)
            return new(null, "Write something first.", "text");
        if (text.Length > ChatMessage.MaxText)
            return new(null, $"A message has at most {ChatMessage.MaxText} characters; this one has {text.Length}.", "text");
        var typed = MessageRecipient.ReadPhone(request.To);
        if (string.IsNullOrEmpty(request.Contact) && typed is null)
            return new(null, NumberRule, "to");
        if (!PhoneNumberId.TryParse(request.From, out var from))
            return new(null, "Choose the number to send from.", "from");

        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available)
        {
            var why = words.Error(token.Code);
            return new(null, $"{why.Message} {why.Action}", "from");
        }

        var begun = string.IsNullOrEmpty(request.Contact) ? new Person(typed, null, FillsIn: true) : null;
        var (message, recipient) = await NoteAsync(account, from, begun, request.Contact, text, request.Key, cancellationToken);
        if (message is null)
            return Unanswerable;
        if (recipient is not null)
        {
            // Once noted, a message is finished even when the page that asked has gone.
            var result = await graph.SendAsync(
                WhatsAppCalls.SendMessage(token.Token!, from, recipient, MessageContent.Text(text)), CancellationToken.None);
            Record(message, result);
            db.Tell(account, message);
            await db.SaveChangesAsync(CancellationToken.None);
            if (result.Succeeded)
                await LearnAsync(account, from, message.Id, result.Value);
            else
                await accounts.ReportFailureAsync(account, from, token.Token!, result.Error, CancellationToken.None);
        }

        return await history.ViewAsync(account, message.Id, CancellationToken.None) is { } view ? new(view) : Unanswerable;
    }

    private Task<ChatContact?> FindAsync(AccountId account, PhoneNumberId from, string key, CancellationToken cancellationToken)
    {
        var (id, number) = (account.ToString(), from.ToString());
        return db.ChatContacts.SingleOrDefaultAsync(c => c.AccountId == id && c.PhoneNumberId == number && c.Key == key, cancellationToken);
    }

    /// <summary>By number where it is known, else by user id; null where neither can be written to.</summary>
    private static MessageRecipient? RecipientOf(ChatContact contact)
    {
        try
        {
            return contact switch
            {
                { CanReply: false } => null,
                { Phone: { } phone } => MessageRecipient.Phone(phone),
                _ => MessageRecipient.User(contact.UserId!),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Notes the message in the thread as it is now, with whom it goes to; with nobody where the same key was noted before. No message where there is no thread to answer.</summary>
    private async Task<(ChatMessage? Message, MessageRecipient? Recipient)> NoteAsync(
        AccountId account, PhoneNumberId from, Person? begun, string? key, string text, Guid sendKey, CancellationToken cancellationToken)
    {
        for (var left = Tries; ; left--)
        {
            var contact = begun is null
                ? await FindAsync(account, from, key!, cancellationToken)
                : await contacts.OfAsync(account, from, begun, cancellationToken);
            if (contact is null || RecipientOf(contact) is not { } recipient)
                return (null, null);
            var message = Begin(account, from, contact, text, sendKey);
            db.Add(message);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return (message, recipient);
            }
            catch (DbUpdateException) when (left > 1)
            {
                // Posted twice; or the thread was begun, or became another, in this very moment, and is looked up again.
                db.ChangeTracker.Clear();
                var id = account.ToString();
                if (sendKey != Guid.Empty
                    && await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.AccountId == id && m.SendKey == sendKey, cancellationToken) is { } earlier)
                    return (earlier, null);
                begun ??= new Person(contact.Phone, contact.UserId);
            }
        }
    }

    private static ChatMessage Begin(AccountId account, PhoneNumberId from, ChatContact contact, string text, Guid key) => new()
    {
        AccountId = account.ToString(),
        PhoneNumberId = from.ToString(),
        Contact = contact.Key,
        Incoming = false,
        Text = text,
        At = DateTimeOffset.UtcNow,
        SendKey = key == Guid.Empty ? null : key,
        State = SendState.Sending,
    };

    /// <summary>Meta's spelling of the number, and the user id, are what answers come with. The thread may have become another one while Meta was asked.</summary>
    private async Task LearnAsync(AccountId account, PhoneNumberId from, long id, SentMessage sent)
    {
        db.ChangeTracker.Clear();
        if (await db.ChatMessages.SingleOrDefaultAsync(m => m.Id == id) is not { } message || await FindAsync(account, from, message.Contact, CancellationToken.None) is not { } contact)
            return;
        var same = await contacts.OfAsync(account, from, new Person(sent.WaId ?? contact.Phone, sent.UserId ?? contact.UserId), CancellationToken.None);
        // Somebody else may have the number now: the message went to them, and nothing else did.
        if (same != contact && !same.IsAnother(contact) && db.Entry(contact).State is not EntityState.Deleted)
            await contacts.JoinAsync(contact, same, CancellationToken.None);
        message.Contact = same.Key;
        if (same != contact)
            db.Tell(new LiveNews(account.ToString(), LiveNews.Threads));
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // The customer wrote in this very moment, which said the same.
            db.ChangeTracker.Clear();
        }
    }

    private static void Record(ChatMessage message, GraphResult<SentMessage> result)
    {
        if (result.Succeeded)
        {
            message.State = SendState.Accepted;
            message.WamId = result.Value.Id;
            return;
        }

        var unknown = result.Error.Kind is GraphErrorKind.TimedOut or GraphErrorKind.Unreachable or GraphErrorKind.UnreadableAnswer;
        message.State = unknown ? SendState.Unknown : SendState.Refused;
        message.Problem = unknown ? null : Refusals.InWords(result.Error);
    }
}
