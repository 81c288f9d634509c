using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>Up to where somebody has read a conversation: kept here, and told to the customer by blue ticks.</summary>
public sealed class ReadMarks(AppDbContext db, IWhatsAppAccounts accounts, IGraphClient graph)
{
    public async Task ReadAsync(AccountId account, string number, string contact, long place, CancellationToken cancellationToken)
    {
        var id = account.ToString();
        if (await db.ChatContacts.SingleOrDefaultAsync(c => c.AccountId == id && c.PhoneNumberId == number && c.Key == contact, cancellationToken) is not { } found
            || place <= found.ReadPlace)
            return;
        var wasUnread = found.HeardPlace > found.ReadPlace;
        if (wasUnread)
            db.Tell(new LiveNews(id, LiveNews.Threads));
        found.ReadPlace = Math.Min(place, found.LastPlace);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The thread has become another one, which the page will read.
            return;
        }

        if (!wasUnread)
            return;
        var newest = await db.ChatMessages.AsNoTracking()
            .Where(m => m.AccountId == id && m.PhoneNumberId == number && m.Contact == contact && m.Incoming && !m.IsLine && m.WamId != null && m.Place <= place)
            .OrderByDescending(m => m.Place).ThenByDescending(m => m.Id).Select(m => m.WamId).FirstOrDefaultAsync(cancellationToken);
        // Nobody reads for a whole group.
        if (newest is not null && found.GroupId is null && PhoneNumberId.TryParse(number, out var from)
            && await accounts.GetTokenAsync(account, from, cancellationToken) is { Token: { } token })
            await graph.SendAsync(WhatsAppCalls.MarkAsRead(token, from, newest), cancellationToken);
    }
}
