using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Puts the business's sign on a message, or takes it back. Kept once Meta has taken it.</summary>
public sealed class ChatReactions(AppDbContext db, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords library, IStringLocalizer<Words> words, ChatHistory history)
{
    public async Task<SendOutcome> PutAsync(AccountId account, long message, string? emoji, CancellationToken cancellationToken)
    {
        var sign = string.IsNullOrWhiteSpace(emoji) ? null : emoji.Trim();
        var id = account.ToString();
        if (await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == message && m.AccountId == id, cancellationToken) is not { WamId: { } wamId, IsLine: false } found
            || sign is { Length: > ChatReaction.MaxEmoji } || !PhoneNumberId.TryParse(found.PhoneNumberId, out var from)
            || await db.ChatContacts.AsNoTracking().SingleOrDefaultAsync(c => c.AccountId == id && c.PhoneNumberId == found.PhoneNumberId && c.Key == found.Contact, cancellationToken) is not { } contact
            || contact.Recipient() is not { } to)
            return new(null, words["This message cannot be reacted to."]);
        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available)
            return new(null, library.Error(token.Code!).Message);
        var sent = await graph.SendAsync(WhatsAppCalls.SendMessage(token.Token!, from, to, MessageContent.Reaction(wamId, sign)), cancellationToken);
        if (sent.Error is { } error)
        {
            await accounts.ReportFailureAsync(account, from, token.Token!, error, CancellationToken.None);
            return new(null, Refusals.InWords(error, words));
        }

        var reaction = await db.ChatReactions.SingleOrDefaultAsync(
            r => r.AccountId == id && r.PhoneNumberId == found.PhoneNumberId && r.WamId == wamId && r.Who == ChatReaction.Business, CancellationToken.None)
            ?? db.Add(new ChatReaction { AccountId = id, PhoneNumberId = found.PhoneNumberId, WamId = wamId, Who = ChatReaction.Business }).Entity;
        (reaction.Emoji, reaction.At) = (sign, DateTimeOffset.UtcNow);
        db.Tell(account, found);
        await db.SaveChangesAsync(CancellationToken.None);
        if (await history.ViewAsync(account, message, CancellationToken.None) is not { } view)
            return new(null, words["This message is gone."]);
        return new(view);
    }
}
