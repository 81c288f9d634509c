using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Sends a message: noted first, then handed to Meta, then what Meta said noted.</summary>
public sealed class ChatSender(
    AppDbContext db, ChatContacts contacts, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords library, IStringLocalizer<Words> words, ChatHistory history)
{
    private const int Tries = 5;

    private SendOutcome Unanswerable => new(null, words["This conversation cannot be answered here."], "to");

    public async Task<SendOutcome> SendAsync(AccountId account, SendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content(words, out var content) is { } wrong)
            return wrong;
        var typed = MessageRecipient.ReadPhone(request.To);
        if (string.IsNullOrEmpty(request.Contact) && typed is null)
            return new(null, words["Enter the number with its country code, such as +1 631 555 0199."], "to");
        if (!PhoneNumberId.TryParse(request.From, out var from))
            return new(null, words["Choose the number to send from."], "from");
        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available)
            return new(null, WhyOf(token), "from");

        var begun = string.IsNullOrEmpty(request.Contact) ? new Person(typed, null, FillsIn: true) : null;
        var (message, recipient) = await NoteAsync(account, from, begun, request, content!, cancellationToken);
        if (message is null)
            return Unanswerable;
        return recipient is null ? await ShowAsync(account, message.Id) : await HandAsync(account, from, token.Token!, message, recipient);
    }

    /// <summary>The same once more, as a new message to Meta; for what failed, or what nobody knows to have been sent.</summary>
    public async Task<SendOutcome> RepeatAsync(AccountId account, long id, CancellationToken cancellationToken)
    {
        // Read before it is judged: what is judged may only be older than what changes it below.
        var owner = account.ToString();
        var message = await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.AccountId == owner && !m.Incoming, cancellationToken);
        if (message is null || !PhoneNumberId.TryParse(message.PhoneNumberId, out var from))
            return new(null, words["This message cannot be sent again."]);
        if (await history.ViewAsync(account, id, cancellationToken) is not { IsRepeatable: true })
            return await ShowAsync(account, id);
        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available)
            return new(null, WhyOf(token));
        if (await FindAsync(account, from, message.Contact, cancellationToken) is not { } contact || contact.Recipient() is not { } recipient)
            return Unanswerable;

        // Pressed twice: one of them sends.
        var (was, wamId, at) = (message.State, message.WamId, message.Place);
        var (now, place) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var mine = await db.ChatMessages.Where(m => m.Id == id && m.State == was && m.WamId == wamId && m.Place == at)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, SendState.Sending).SetProperty(m => m.WamId, (string?)null).SetProperty(m => m.Problem, (string?)null)
                .SetProperty(m => m.At, now).SetProperty(m => m.Place, place), CancellationToken.None);
        if (mine is 0)
            return await ShowAsync(account, id);
        db.ChangeTracker.Clear();
        contact = (await FindAsync(account, from, contact.Key, CancellationToken.None))!;
        message = await db.ChatMessages.SingleAsync(m => m.Id == id, CancellationToken.None);
        contact.Note(message);
        await db.SaveChangesAsync(CancellationToken.None);
        return await HandAsync(account, from, token.Token!, message, recipient);
    }

    private string WhyOf(PhoneNumberToken token)
    {
        var why = library.Error(token.Code!);
        return $"{why.Message} {why.Action}";
    }

    /// <summary>Once noted, a message is finished even when the page that asked has gone.</summary>
    private async Task<SendOutcome> HandAsync(AccountId account, PhoneNumberId from, AccessToken token, ChatMessage message, MessageRecipient recipient)
    {
        var result = await graph.SendAsync(
            WhatsAppCalls.SendMessage(token, from, recipient, ChatContent.Of(message).ToMeta(), message.ReplyTo), CancellationToken.None);
        message.Note(result);
        db.Tell(account, message);
        await db.SaveChangesAsync(CancellationToken.None);
        if (result.Succeeded)
            await LearnAsync(account, from, message.Id, result.Value);
        else
            await accounts.ReportFailureAsync(account, from, token, result.Error, CancellationToken.None);
        return await ShowAsync(account, message.Id);
    }

    private async Task<SendOutcome> ShowAsync(AccountId account, long message)
    {
        if (await history.ViewAsync(account, message, CancellationToken.None) is not { } view)
            return Unanswerable;
        return new(view);
    }

    private Task<ChatContact?> FindAsync(AccountId account, PhoneNumberId from, string key, CancellationToken cancellationToken)
    {
        var (id, number) = (account.ToString(), from.ToString());
        return db.ChatContacts.SingleOrDefaultAsync(c => c.AccountId == id && c.PhoneNumberId == number && c.Key == key, cancellationToken);
    }

    /// <summary>Notes the message in the thread as it is now, with whom it goes to; with nobody where the same key was noted before. No message where there is no thread to answer.</summary>
    private async Task<(ChatMessage? Message, MessageRecipient? Recipient)> NoteAsync(
        AccountId account, PhoneNumberId from, Person? begun, SendRequest request, ChatContent content, CancellationToken cancellationToken)
    {
        for (var left = Tries; ; left--)
        {
            var contact = begun is null
                ? await FindAsync(account, from, request.Contact!, cancellationToken)
                : await contacts.OfAsync(account, from, begun, cancellationToken);
            if (contact is null || contact.Recipient() is not { } recipient)
                return (null, null);
            var answered = request.Answers is not { } target ? null : await db.ChatMessages
                .Where(m => m.Id == target && m.AccountId == contact.AccountId && m.PhoneNumberId == contact.PhoneNumberId && m.Contact == contact.Key)
                .Select(m => m.WamId).SingleOrDefaultAsync(cancellationToken);
            var message = Begin(contact, content, request.Key, answered);
            db.Add(message);
            // Who answers has read.
            contact.Note(message);
            contact.ReadPlace = message.Place;
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
                if (request.Key != Guid.Empty
                    && await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.AccountId == id && m.SendKey == request.Key, cancellationToken) is { } earlier)
                    return (earlier, null);
                begun ??= new Person(contact.Phone, contact.UserId);
            }
        }
    }

    private static ChatMessage Begin(ChatContact contact, ChatContent content, Guid key, string? answered)
    {
        var now = DateTimeOffset.UtcNow;
        var message = new ChatMessage
        {
            AccountId = contact.AccountId,
            PhoneNumberId = contact.PhoneNumberId,
            Contact = contact.Key,
            Incoming = false,
            Text = "",
            At = now,
            Place = now.ToUnixTimeMilliseconds(),
            SendKey = key == Guid.Empty ? null : key,
            ReplyTo = answered,
            State = SendState.Sending,
        };
        content.PutInto(message);
        return message;
    }

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
        if (same != contact && db.Entry(contact).State is not EntityState.Deleted)
            contact.LastPlace = await db.ChatMessages.Where(m => m.AccountId == contact.AccountId && m.PhoneNumberId == contact.PhoneNumberId && m.Contact == contact.Key && m.Id != id).MaxAsync(m => (long?)m.Place) ?? 0;
        message.Contact = same.Key;
        same.Note(message);
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
}
