using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>
/// Puts what webhooks bring into the chat. It stages and does not save: the library commits it together with its note that the event is
/// handled, so that each event shows once. Pages hear of it with that commit.
/// </summary>
public sealed class ChatInbox(AppDbContext db, ChatContacts contacts)
{
    public async Task AddAsync(AccountId account, PhoneNumberId number, ChatEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry is NothingSaid || await IsGoneAsync(account.ToString(), cancellationToken))
            return;
        if (entry is Reacted reacted)
        {
            await ReactAsync(account, number, reacted, cancellationToken);
            return;
        }

        // Edits and deletions may come before what they change, which then is not added any more.
        var wamId = entry switch { NewMessage one => one.WamId, ChangedMessage one => one.WamId, CustomerNews one => one.WamId, _ => "" };
        var there = await FindAsync(account, number, wamId, cancellationToken);
        if (there is not null && entry is not ChangedMessage)
            return;

        var contact = await contacts.OfAsync(account, number, entry.Person, cancellationToken);
        if (entry is CustomerNews news && (contact.GroupId is null ? contact : await contacts.AloneAsync(account, number, entry.Person, cancellationToken)) is { } mover)
            await contacts.MoveAsync(mover, account, number, news, cancellationToken);
        if (there is not null && await OwnerAsync(there, contact, cancellationToken) is { } owner)
            contact = owner;
        var message = (entry, there) switch
        {
            (ChangedMessage change, not null) => Change(there, contact, change),
            (ChangedMessage change, null) => Change(New(account, number, contact, change.WamId, change.Incoming, new(MessageKind.Text, ""), change.At, entry.Person), contact, change),
            (NewMessage one, _) => New(account, number, contact, one.WamId, one.Incoming, one.Content, one.At, entry.Person, replyTo: one.ReplyTo),
            (CustomerNews { Line: { } line } one, _) => New(account, number, contact, one.WamId, true, line, one.At, entry.Person, isLine: true),
            _ => null,
        };
        Tell(account, message);
    }

    /// <summary>Notes how far a message has come; less than is known is no news.</summary>
    public async Task NoteAsync(AccountId account, PhoneNumberId number, DeliveryReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (id, from) = (account.ToString(), number.ToString());
        var delivery = await db.ChatDeliveries.SingleOrDefaultAsync(d => d.AccountId == id && d.PhoneNumberId == from && d.WamId == report.WamId, cancellationToken);
        if (delivery?.State >= report.State || await IsGoneAsync(id, cancellationToken))
            return;

        delivery ??= db.Add(new ChatDelivery { AccountId = id, PhoneNumberId = from, WamId = report.WamId }).Entity;
        (delivery.State, delivery.Problem) = (report.State, report.Problem);

        // What went to one customer says by both names who that is, and may say so before the answer of the send is noted.
        if (report.To is { Phone: not null, UserId: not null } both)
            await contacts.LearnAsync(account, number, both, cancellationToken);
        var sent = await FindAsync(account, number, report.WamId, cancellationToken);
        Tell(account, sent);
    }

    /// <summary>A sign counts from whoever put it there last; it may come before the message.</summary>
    private async Task ReactAsync(AccountId account, PhoneNumberId number, Reacted reacted, CancellationToken cancellationToken)
    {
        var (id, from) = (account.ToString(), number.ToString());
        var contact = await contacts.OfAsync(account, number, reacted.Person, cancellationToken);
        var who = !reacted.Incoming ? ChatReaction.Business : contact.GroupId is null ? ChatReaction.Customer : reacted.Person.UserId ?? reacted.Person.Phone ?? ChatReaction.Customer;
        var reaction = await db.ChatReactions.SingleOrDefaultAsync(r => r.AccountId == id && r.PhoneNumberId == from && r.WamId == reacted.WamId && r.Who == who, cancellationToken);
        if (reaction?.At > reacted.At)
            return;
        reaction ??= db.Add(new ChatReaction { AccountId = id, PhoneNumberId = from, WamId = reacted.WamId, Who = who }).Entity;
        (reaction.Emoji, reaction.At) = (reacted.Emoji, reacted.At);
        if (reacted.Incoming && contact.HeardPlace > 0)
            contact.Hear(contact.HeardPlace, reacted.At);

        Tell(account, await FindAsync(account, number, reacted.WamId, cancellationToken));
    }

    /// <summary>Who wrote a message may be named otherwise when they change it: only they can, so both are the same customer. Null where they are not.</summary>
    private async Task<ChatContact?> OwnerAsync(ChatMessage there, ChatContact contact, CancellationToken cancellationToken)
    {
        if (there.Contact == contact.Key
            || await ContactOfAsync(there, cancellationToken) is not { GroupId: null } owner
            || contact.GroupId is not null || owner.IsAnother(contact) || owner.HasAnotherNumber(contact))
            return null;
        await contacts.JoinAsync(contact, owner, cancellationToken);
        return owner;
    }

    /// <summary>Only who wrote a message changes it, and what is newer stands.</summary>
    private static ChatMessage? Change(ChatMessage message, ChatContact contact, ChangedMessage change)
    {
        if (message.Contact != contact.Key || message.Incoming != change.Incoming || message.IsDeleted || message.EditedAt > change.At)
            return null;
        (change.IsDeleted ? new(MessageKind.Text, "") : change.Content)?.PutInto(message);
        message.IsDeleted = change.IsDeleted;
        message.EditedAt = change.At;
        return message;
    }

    private ChatMessage New(
        AccountId account, PhoneNumberId number, ChatContact contact, string wamId, bool incoming, ChatContent content, DateTimeOffset at, Person person,
        bool isLine = false, string? replyTo = null)
    {
        var message = new ChatMessage
        {
            AccountId = account.ToString(),
            PhoneNumberId = number.ToString(),
            Contact = contact.Key,
            Author = contact.GroupId is null || !incoming ? null : person.NameText ?? person.Phone ?? person.UsernameText,
            Incoming = incoming,
            IsLine = isLine,
            Text = "",
            At = at,
            Place = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            WamId = wamId,
            ReplyTo = replyTo,
            State = incoming ? SendState.None : SendState.OnPhone,
        };
        content.PutInto(message);
        contact.Note(message);
        // What the business wrote itself it has read, and all before it.
        if (!incoming)
            contact.ReadPlace = message.Place;
        return db.Add(message).Entity;
    }

    private void Tell(AccountId account, ChatMessage? message)
    {
        if (message is not null)
            db.Tell(account, message);
        if (db.ChangeTracker.Entries<ChatContact>().Any(entry => entry.State is EntityState.Deleted))
            db.Tell(new LiveNews(account.ToString(), LiveNews.Threads));
    }

    private Task<ChatContact> ContactOfAsync(ChatMessage message, CancellationToken cancellationToken) =>
        db.ChatContacts.SingleAsync(c => c.AccountId == message.AccountId && c.PhoneNumberId == message.PhoneNumberId && c.Key == message.Contact, cancellationToken);

    private Task<ChatMessage?> FindAsync(AccountId account, PhoneNumberId number, string wamId, CancellationToken cancellationToken)
    {
        var (id, from) = (account.ToString(), number.ToString());
        return db.ChatMessages.SingleOrDefaultAsync(m => m.AccountId == id && m.PhoneNumberId == from && m.WamId == wamId, cancellationToken);
    }

    private async Task<bool> IsGoneAsync(string account, CancellationToken cancellationToken) => !await db.Users.AnyAsync(u => u.AccountId == account, cancellationToken);
}
