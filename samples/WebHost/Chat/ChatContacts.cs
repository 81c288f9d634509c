using Microsoft.EntityFrameworkCore;
using WebHost.Data;

namespace WebHost.Chat;

/// <summary>
/// Finds the thread of whoever writes, by user id before telephone number, and makes one of two that turn out to be the same customer. It stages and does
/// not save. Never by name or username, which anybody may take.
/// </summary>
public sealed class ChatContacts(AppDbContext db)
{
    /// <summary>The contact, with what is new of it; begun when it is new.</summary>
    public async Task<ChatContact> OfAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var found = person.GroupId is { } group
            ? await Own(account, number).SingleOrDefaultAsync(c => c.GroupId == group, cancellationToken)
            : await FindAsync(account, number, person, cancellationToken);
        found ??= db.Add(new ChatContact { AccountId = account.ToString(), PhoneNumberId = number.ToString(), GroupId = person.GroupId }).Entity;

        // Who writes in a group gives it neither a number nor a name.
        if (person.GroupId is null)
        {
            (found.Phone, found.UserId) = (person.Phone ?? found.Phone, person.UserId ?? found.UserId);
            found.HasMoved &= person.UserId is null || person.Phone is null;
            (found.Name, found.Username) = (person.NameText ?? found.Name, person.UsernameText ?? found.Username);
        }

        return found;
    }

    /// <summary>The customer has another number or user id from now on; whoever had it here before is the same customer.</summary>
    public async Task MoveAsync(ChatContact contact, AccountId account, PhoneNumberId number, string? phone, string? userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var same = await Own(account, number)
            .Where(c => c.Key != contact.Key && ((phone != null && c.Phone == phone) || (userId != null && c.UserId == userId)))
            .ToListAsync(cancellationToken);
        foreach (var other in same)
            await JoinAsync(other, contact, cancellationToken);
        (contact.Phone, contact.UserId, contact.HasMoved) = (phone ?? contact.Phone, userId ?? contact.UserId, phone is not null && userId is null);
    }

    /// <summary>The messages of the one become the other's.</summary>
    public async Task JoinAsync(ChatContact from, ChatContact into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(into);
        var messages = await db.ChatMessages
            .Where(m => m.AccountId == from.AccountId && m.PhoneNumberId == from.PhoneNumberId && m.Contact == from.Key)
            .ToListAsync(cancellationToken);
        foreach (var message in messages)
            message.Contact = into.Key;
        (into.Phone, into.UserId) = (into.Phone ?? from.Phone, into.UserId ?? from.UserId);
        (into.Name, into.Username) = (into.Name ?? from.Name, into.Username ?? from.Username);
        db.Remove(from);
    }

    private async Task<ChatContact?> FindAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        var (phone, userId) = (person.Phone, person.UserId);
        var some = await Own(account, number)
            .Where(c => (phone != null && c.Phone == phone) || (userId != null && c.UserId == userId))
            .ToListAsync(cancellationToken);
        var byId = userId is null ? null : some.Find(c => c.UserId == userId);
        if (some.Find(c => c != byId) is not { } byPhone)
            return byId;

        // Somebody else has that number now.
        if (userId is not null && byPhone is { UserId: { } other, HasMoved: false } && other != userId)
        {
            byPhone.Phone = null;
            return byId;
        }

        if (byId is not null)
            await JoinAsync(byPhone, byId, cancellationToken);
        return byId ?? byPhone;
    }

    private IQueryable<ChatContact> Own(AccountId account, PhoneNumberId number)
    {
        var (id, from) = (account.ToString(), number.ToString());
        return db.ChatContacts.Where(c => c.AccountId == id && c.PhoneNumberId == from);
    }
}
