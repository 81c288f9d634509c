using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>Reads the messages of one account. Every query starts with the account.</summary>
public sealed class ChatHistory(AppDbContext db)
{
    private const int MaxConversations = 100;
    private const int PageSize = 100;

    public async Task<IReadOnlyList<Conversation>> ConversationsAsync(AccountId account, CancellationToken cancellationToken)
    {
        var own = Own(account);
        var newest = own.GroupBy(m => new { m.PhoneNumberId, m.Contact }).Select(g => g.Max(m => m.Id));
        var last = await own.Where(m => newest.Contains(m.Id)).OrderByDescending(m => m.Id).Take(MaxConversations).ToListAsync(cancellationToken);

        var keys = last.Select(m => m.Contact).ToList();
        var contacts = await Contacts(account).Where(c => keys.Contains(c.Key)).ToDictionaryAsync(c => c.Key, cancellationToken);
        return [.. last.Where(m => contacts.ContainsKey(m.Contact)).Select(m => Of(m, contacts[m.Contact]))];
    }

    /// <summary>The newest messages of a conversation, or those before <paramref name="before"/>; null when there is no such conversation.</summary>
    public async Task<Thread?> ThreadAsync(AccountId account, string number, string contact, long? before, CancellationToken cancellationToken)
    {
        if (await Contacts(account).SingleOrDefaultAsync(c => c.PhoneNumberId == number && c.Key == contact, cancellationToken) is not { } found)
            return null;
        var query = Own(account).Where(m => m.PhoneNumberId == number && m.Contact == contact);
        if (before is { } id)
            query = query.Where(m => m.Id < id);

        var page = await query.OrderByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = page.Take(PageSize).Reverse().ToList();
        var deliveries = await DeliveriesAsync(account, number, shown, cancellationToken);
        var messages = shown.Select(m => MessageView.Of(m, found, m.WamId is null ? null : deliveries.GetValueOrDefault(m.WamId))).ToList();
        return new Thread(number, contact, found.Text, found.Name, found.GroupId is not null, found.CanReply, messages, page.Count > PageSize);
    }

    /// <summary>One message with its contact, both as they are at one moment; null when it is gone.</summary>
    public async Task<MessageView?> ViewAsync(AccountId account, long message, CancellationToken cancellationToken)
    {
        var found = await Own(account).Where(m => m.Id == message)
            .Join(Contacts(account), m => new { m.PhoneNumberId, Key = m.Contact }, c => new { c.PhoneNumberId, c.Key }, (m, c) => new { Message = m, Contact = c })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var deliveries = await DeliveriesAsync(account, found.Message.PhoneNumberId, [found.Message], cancellationToken);
        return MessageView.Of(found.Message, found.Contact, deliveries.Values.SingleOrDefault());
    }

    private static Conversation Of(ChatMessage last, ChatContact contact) => new(
        last.PhoneNumberId, last.Contact, contact.Text, contact.Name, last.IsDeleted ? MessageView.Deleted : last.Text, last.Incoming, last.At, last.Id, contact.CanReply);

    private IQueryable<ChatContact> Contacts(AccountId account)
    {
        var id = account.ToString();
        return db.ChatContacts.AsNoTracking().Where(c => c.AccountId == id);
    }

    private IQueryable<ChatMessage> Own(AccountId account)
    {
        var id = account.ToString();
        return db.ChatMessages.AsNoTracking().Where(m => m.AccountId == id);
    }

    private async Task<Dictionary<string, ChatDelivery>> DeliveriesAsync(AccountId account, string number, List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var wamIds = messages.Where(m => !m.Incoming && m.WamId is not null).Select(m => m.WamId!).ToList();
        return wamIds.Count is 0
            ? []
            : await db.ChatDeliveries.AsNoTracking()
                .Where(d => d.AccountId == id && d.PhoneNumberId == number && wamIds.Contains(d.WamId))
                .ToDictionaryAsync(d => d.WamId, cancellationToken);
    }
}
