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

        // A name comes with incoming messages only.
        var named = await own.Where(m => m.ContactName != null)
            .GroupBy(m => m.Contact).Select(g => g.Max(m => m.Id))
            .Join(own, id => id, m => m.Id, (_, m) => new { m.Contact, m.ContactName })
            .ToDictionaryAsync(m => m.Contact, m => m.ContactName, cancellationToken);

        return [.. last.Select(m => new Conversation(
            m.PhoneNumberId, m.Contact, MessageView.ContactText(m.Contact), named.GetValueOrDefault(m.Contact), m.Text, m.Incoming, m.At, m.Id))];
    }

    /// <summary>The newest messages of a conversation, or those before <paramref name="before"/>.</summary>
    public async Task<Thread> ThreadAsync(AccountId account, string number, string contact, long? before, CancellationToken cancellationToken)
    {
        var query = Own(account).Where(m => m.PhoneNumberId == number && m.Contact == contact);
        var name = await query.Where(m => m.ContactName != null).OrderByDescending(m => m.Id).Select(m => m.ContactName).FirstOrDefaultAsync(cancellationToken);
        if (before is { } id)
            query = query.Where(m => m.Id < id);

        var page = await query.OrderByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = page.Take(PageSize).Reverse().ToList();
        var deliveries = await DeliveriesAsync(account, shown, cancellationToken);
        var messages = shown.Select(m => MessageView.Of(m, m.WamId is null ? null : deliveries.GetValueOrDefault(m.WamId))).ToList();
        return new Thread(number, contact, MessageView.ContactText(contact), name, messages, page.Count > PageSize);
    }

    public async Task<MessageView> ViewAsync(AccountId account, ChatMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var deliveries = await DeliveriesAsync(account, [message], cancellationToken);
        return MessageView.Of(message, deliveries.Values.SingleOrDefault());
    }

    private IQueryable<ChatMessage> Own(AccountId account)
    {
        var id = account.ToString();
        return db.ChatMessages.AsNoTracking().Where(m => m.AccountId == id);
    }

    private async Task<Dictionary<string, ChatDelivery>> DeliveriesAsync(AccountId account, List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        var wamIds = messages.Where(m => !m.Incoming && m.WamId is not null).Select(m => m.WamId!).ToList();
        return wamIds.Count is 0
            ? []
            : await db.ChatDeliveries.AsNoTracking()
                .Where(d => d.AccountId == id && wamIds.Contains(d.WamId))
                .ToDictionaryAsync(d => d.WamId, cancellationToken);
    }
}
