using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>
/// Finds the thread of whoever writes, by user id before telephone number, and makes one of two that turn out to be the same customer. It stages and does
/// not save. Never by name or username, which anybody may take.
/// </summary>
public sealed class ChatContacts(AppDbContext db)
{
    private const int TellingDigits = 6;

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
            found.Learn(person);
        return found;
    }

    /// <summary>Takes over what is new of a customer who is known; nobody is begun for it.</summary>
    public async Task LearnAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        (await FindAsync(account, number, person, cancellationToken))?.Learn(person);
    }

    /// <summary>The contact of somebody who wrote in a group, where they have written to the business alone as well.</summary>
    public Task<ChatContact?> AloneAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        return FindAsync(account, number, person with { GroupId = null }, cancellationToken);
    }

    /// <summary>
    /// The customer has another number or user id from now on. Whoever had it here before is the same customer; but where Meta knows that one by another user id,
    /// only the number goes over.
    /// </summary>
    public async Task MoveAsync(ChatContact contact, AccountId account, PhoneNumberId number, CustomerNews news, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(news);
        var (phone, userId) = (contact.MovedAt > news.At ? null : news.NewPhone, news.NewUserId);
        if ((phone ?? userId) is null)
            return;
        foreach (var other in (await NamedAsync(account, number, new Person(phone, userId), cancellationToken)).Where(c => c != contact))
        {
            if (other.UserId != userId && contact.IsAnother(other))
                other.Phone = null;
            else
                await JoinAsync(other, contact, cancellationToken);
        }

        if (phone is not null && phone != contact.Phone)
            (contact.FormerPhone, contact.MovedAt) = (news.Person.Phone ?? contact.Phone, news.At);
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
        // What was read of one of them alone is not read of both.
        into.ReadPlace = (from.HeardPlace > from.ReadPlace, into.HeardPlace > into.ReadPlace) switch
        {
            (true, true) => Math.Min(from.ReadPlace, into.ReadPlace),
            (true, false) => from.ReadPlace,
            (false, true) => into.ReadPlace,
            _ => Math.Max(from.ReadPlace, into.ReadPlace),
        };
        into.LastPlace = Math.Max(from.LastPlace, into.LastPlace);
        if (from.HeardAt is { } heard)
            into.Hear(from.HeardPlace, heard);
        db.Remove(from);
    }

    private async Task<ChatContact?> FindAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        var some = await NamedAsync(account, number, person, cancellationToken);
        var byId = person.UserId is { } userId ? some.Find(c => c.UserId == userId) : null;
        if (some.Find(c => c != byId) is not { } byPhone)
            return byId;

        // Somebody else has that number now; unless the customer was told to have moved to it, and this user id is new with it.
        if (byId is not null ? byId.IsAnother(byPhone) : person.UserId is not null && byPhone is { UserId: not null, HasMoved: false })
        {
            (byPhone.Phone, byPhone.HasMoved) = (null, false);
            return byId;
        }

        if (byId is not null)
            await JoinAsync(byPhone, byId, cancellationToken);
        return byId ?? byPhone;
    }

    /// <summary>Whoever has the number or the user id here: at most one by each. A number may be known in another form than Meta or a person writes it now.</summary>
    private async Task<List<ChatContact>> NamedAsync(AccountId account, PhoneNumberId number, Person person, CancellationToken cancellationToken)
    {
        var (phone, userId) = (person.Phone, person.UserId);
        var own = Own(account, number).Where(c => c.GroupId == null);
        var some = await own.Where(c => (phone != null && (c.Phone == phone || c.FormerPhone == phone)) || (userId != null && c.UserId == userId)).ToListAsync(cancellationToken);

        // A number that somebody had once leads to them only by what is that old; then it is nobody else's.
        if (some.Exists(c => c.WasNamed(person)))
            return [.. some.Where(c => c.WasNamed(person) || (userId is not null && c.UserId == userId))];
        some.RemoveAll(c => c.Phone != phone && (userId is null || c.UserId != userId));
        if (phone is not { Length: >= TellingDigits } || some.Exists(c => c.Phone == phone))
            return some;
        // All forms of a number have their last digits in common.
        var last = phone[^TellingDigits..];
        var alike = await own.Where(c => c.Phone != null && c.Phone.EndsWith(last)).ToListAsync(cancellationToken);
        return alike.Find(c => MessageRecipient.IsSamePhone(phone, c.Phone)) is { } same ? [.. some.Union([same])] : some;
    }

    private IQueryable<ChatContact> Own(AccountId account, PhoneNumberId number)
    {
        var (id, from) = (account.ToString(), number.ToString());
        return db.ChatContacts.Where(c => c.AccountId == id && c.PhoneNumberId == from);
    }
}
