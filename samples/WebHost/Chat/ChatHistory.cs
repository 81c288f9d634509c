using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;

namespace WebHost.Chat;

/// <summary>Reads the messages of one account. Every query starts with the account.</summary>
public sealed class ChatHistory(AppDbContext db, ChatViews views, IStringLocalizer<Words> words)
{
    private const int PageSize = 100;

    /// <summary>The newest messages of a conversation, or those before a message of it; null when there is no such conversation.</summary>
    public async Task<Thread?> ThreadAsync(AccountId account, string number, string contact, long? before, CancellationToken cancellationToken)
    {
        if (await db.ContactsOf(account).SingleOrDefaultAsync(c => c.PhoneNumberId == number && c.Key == contact, cancellationToken) is not { } found)
            return null;
        var query = db.MessagesOf(account).Where(m => m.PhoneNumberId == number && m.Contact == contact);
        if (before is { } id)
        {
            var place = await query.Where(m => m.Id == id).Select(m => m.Place).SingleOrDefaultAsync(cancellationToken);
            query = query.Where(m => m.Place < place || (m.Place == place && m.Id < id));
        }

        var page = await query.OrderByDescending(m => m.Place).ThenByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new Thread
        {
            Number = number,
            Contact = contact,
            ContactText = found.TextIn(words),
            Name = found.Name,
            IsGroup = found.GroupId is not null,
            CanReply = found.CanReply,
            Until = found.AnswerableUntil,
            Messages = await views.OfAsync(found, [.. page.Take(PageSize).Reverse()], cancellationToken),
            HasEarlier = page.Count > PageSize,
        };
    }

    /// <summary>One message with its contact, both as they are at one moment; null when it is gone.</summary>
    public async Task<MessageView?> ViewAsync(AccountId account, long message, CancellationToken cancellationToken)
    {
        var found = await db.MessagesOf(account).Where(m => m.Id == message)
            .Join(db.ContactsOf(account), m => new { m.PhoneNumberId, Key = m.Contact }, c => new { c.PhoneNumberId, c.Key }, (m, c) => new { Message = m, Contact = c })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : (await views.OfAsync(found.Contact, [found.Message], cancellationToken))[0];
    }
}
