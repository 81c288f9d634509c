using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>Messages as pages show them: with what became of them, what they answer, and what was made of them.</summary>
public sealed class ChatViews(AppDbContext db, LiveFeed feed)
{
    /// <summary>The messages of one number of an account; none of them is tracked or changed.</summary>
    public async Task<IReadOnlyList<MessageView>> OfAsync(ChatContact contact, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var wamIds = messages.Select(m => m.WamId).OfType<string>().ToList();
        var answered = messages.Select(m => m.ReplyTo).OfType<string>().Distinct().ToList();
        var (id, number) = (contact.AccountId, contact.PhoneNumberId);
        var deliveries = wamIds.Count is 0 ? [] : await db.ChatDeliveries.AsNoTracking()
            .Where(d => d.AccountId == id && d.PhoneNumberId == number && wamIds.Contains(d.WamId)).ToDictionaryAsync(d => d.WamId, cancellationToken);
        var reactions = wamIds.Count is 0 ? [] : await db.ChatReactions.AsNoTracking()
            .Where(r => r.AccountId == id && r.PhoneNumberId == number && wamIds.Contains(r.WamId) && r.Emoji != null).ToListAsync(cancellationToken);
        // What is quoted is of the same thread, so that nobody quotes another's words into it.
        var quoted = answered.Count is 0 ? [] : await db.ChatMessages.AsNoTracking()
            .Where(m => m.AccountId == id && m.PhoneNumberId == number && m.Contact == contact.Key && m.WamId != null && answered.Contains(m.WamId))
            .ToDictionaryAsync(m => m.WamId!, cancellationToken);
        var signs = reactions.ToLookup(r => r.WamId);
        return [.. messages.Select(m => MessageView.Of(m, contact, m.WamId is null ? null : deliveries.GetValueOrDefault(m.WamId)) with
        {
            Quote = m.ReplyTo is null ? null : Quote.Of(quoted.GetValueOrDefault(m.ReplyTo), contact),
            Reactions = m.WamId is null ? [] : [.. signs[m.WamId].OrderBy(r => r.At).Select(Reaction.Of)],
        })];
    }

    /// <summary>Has pages show a message, and that threads became others, once it is saved.</summary>
    public async Task PublishSavedAsync(ChatContact? contact, ChatMessage? message, CancellationToken cancellationToken, ChatDelivery? delivery = null)
    {
        // Read before the save, after which nothing is changed any more; and of what is staged, the newest.
        var others = db.ChangeTracker.Entries<ChatContact>().Any(entry => entry.State is EntityState.Deleted);
        var (quote, reactions) = contact is null || message is null ? (null, [])
            : (await QuoteAsync(contact, message, cancellationToken), await ReactionsAsync(message, cancellationToken));
        if (message is { Incoming: false, WamId: { } wamId } && delivery is null)
            delivery = await db.ChatDeliveries.SingleOrDefaultAsync(d => d.AccountId == message.AccountId && d.PhoneNumberId == message.PhoneNumberId && d.WamId == wamId, cancellationToken);
        db.SavedChanges += (_, _) =>
        {
            if (contact is not null && message is not null)
                feed.Publish(AccountId.Parse(contact.AccountId), MessageView.Of(message, contact, delivery) with { Quote = quote, Reactions = reactions });
            if (others && (contact?.AccountId ?? message?.AccountId) is { } account)
                feed.PublishThreads(AccountId.Parse(account));
        };
    }

    private async Task<Quote?> QuoteAsync(ChatContact contact, ChatMessage message, CancellationToken cancellationToken) => message.ReplyTo is not { } answered ? null
        : Quote.Of(await db.ChatMessages.SingleOrDefaultAsync(
            m => m.AccountId == message.AccountId && m.PhoneNumberId == message.PhoneNumberId && m.Contact == contact.Key && m.WamId == answered, cancellationToken), contact);

    private async Task<IReadOnlyList<Reaction>> ReactionsAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        if (message.WamId is not { } wamId)
            return [];
        await db.ChatReactions.Where(r => r.AccountId == message.AccountId && r.PhoneNumberId == message.PhoneNumberId && r.WamId == wamId).LoadAsync(cancellationToken);
        return [.. db.ChatReactions.Local.Where(r => r.WamId == wamId && r.Emoji is not null).OrderBy(r => r.At).Select(Reaction.Of)];
    }
}
