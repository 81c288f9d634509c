using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;

namespace WebHost.Chat;

/// <summary>Messages as pages show them: with what became of them, what they answer, and what was made of them.</summary>
public sealed class ChatViews(AppDbContext db, IStringLocalizer<Words> words)
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
        return [.. messages.Select(m => MessageView.Of(m, contact, m.WamId is null ? null : deliveries.GetValueOrDefault(m.WamId), words) with
        {
            Quote = m.ReplyTo is null ? null : Quote.Of(quoted.GetValueOrDefault(m.ReplyTo), contact, words),
            Reactions = m.WamId is null ? [] : [.. signs[m.WamId].OrderBy(r => r.At).Select(Reaction.Of)],
        })];
    }
}
