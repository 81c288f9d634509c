using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>Stores what webhooks bring. The same twice, or in another order, ends the same.</summary>
public sealed class ChatInbox(AppDbContext db)
{
    /// <summary>Stores a message; null when it was there already or the account is gone.</summary>
    public async Task<ChatMessage?> AddAsync(AccountId account, PhoneNumberId number, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        var id = account.ToString();
        if (await KnownOrGoneAsync(id, incoming.WamId, cancellationToken))
            return null;

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
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return message;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await KnownOrGoneAsync(id, incoming.WamId, cancellationToken))
                return null;
            throw;
        }
    }

    /// <summary>Notes how far a message has come; false when that was known.</summary>
    public async Task<bool> NoteAsync(AccountId account, DeliveryReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var id = account.ToString();
        if (await AdvanceAsync(id, report, cancellationToken))
            return true;
        if (await db.ChatDeliveries.AnyAsync(d => d.AccountId == id && d.WamId == report.WamId, cancellationToken)
            || !await db.Users.AnyAsync(u => u.AccountId == id, cancellationToken))
            return false;

        db.Add(new ChatDelivery { AccountId = id, WamId = report.WamId, State = report.State, Problem = report.Problem });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Perhaps another report of the same message came in between; then this one has its turn now.
            db.ChangeTracker.Clear();
            if (await AdvanceAsync(id, report, cancellationToken))
                return true;
            if (await db.ChatDeliveries.AnyAsync(d => d.AccountId == id && d.WamId == report.WamId, cancellationToken))
                return false;
            throw;
        }
    }

    private async Task<bool> AdvanceAsync(string account, DeliveryReport report, CancellationToken cancellationToken) =>
        await db.ChatDeliveries
            .Where(d => d.AccountId == account && d.WamId == report.WamId && d.State < report.State)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, report.State).SetProperty(d => d.Problem, report.Problem), cancellationToken) > 0;

    private async Task<bool> KnownOrGoneAsync(string account, string wamId, CancellationToken cancellationToken) =>
        await db.ChatMessages.AnyAsync(m => m.AccountId == account && m.WamId == wamId, cancellationToken)
        || !await db.Users.AnyAsync(u => u.AccountId == account, cancellationToken);
}
