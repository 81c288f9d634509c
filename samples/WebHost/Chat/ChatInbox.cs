using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>
/// Puts what webhooks bring into the chat. It stages and does not save: the library commits it together with its note that the event is
/// handled, so that each event shows once. Pages learn of it after that.
/// </summary>
public sealed class ChatInbox(AppDbContext db, LiveFeed feed)
{
    public async Task AddAsync(AccountId account, PhoneNumberId number, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        var id = account.ToString();
        if (await db.ChatMessages.AnyAsync(m => m.AccountId == id && m.WamId == incoming.WamId, cancellationToken) || await IsGoneAsync(id, cancellationToken))
            return;

        var message = new ChatMessage
        {
            AccountId = id,
            PhoneNumberId = number.ToString(),
            Contact = incoming.Contact,
            ContactName = incoming.Name,
            Incoming = true,
            Text = incoming.Text,
            At = incoming.At,
            WamId = incoming.WamId,
        };
        db.Add(message);
        db.SavedChanges += (_, _) => feed.Publish(account, MessageView.Of(message, null));
    }

    /// <summary>Notes how far a message has come; less than is known is no news.</summary>
    public async Task NoteAsync(AccountId account, DeliveryReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var id = account.ToString();
        var delivery = await db.ChatDeliveries.SingleOrDefaultAsync(d => d.AccountId == id && d.WamId == report.WamId, cancellationToken);
        if (delivery?.State >= report.State || await IsGoneAsync(id, cancellationToken))
            return;

        delivery ??= db.Add(new ChatDelivery { AccountId = id, WamId = report.WamId }).Entity;
        (delivery.State, delivery.Problem) = (report.State, report.Problem);
        if (await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.AccountId == id && m.WamId == report.WamId, cancellationToken) is { } sent)
            db.SavedChanges += (_, _) => feed.Publish(account, MessageView.Of(sent, delivery));
    }

    private async Task<bool> IsGoneAsync(string account, CancellationToken cancellationToken) => !await db.Users.AnyAsync(u => u.AccountId == account, cancellationToken);
}
