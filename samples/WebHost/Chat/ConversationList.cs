using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using WebHost.Data;
using WebHost.Languages;

// The database compares, and both know LOWER; what these rules ask for is not translated.
#pragma warning disable CA1304, CA1311, CA1862

namespace WebHost.Chat;

/// <summary>The list of an account's conversations, a part at a time, and the search in it. Every query starts with the account.</summary>
public sealed class ConversationList(AppDbContext db, IStringLocalizer<Words> words)
{
    private const int PageSize = 40;
    private const int MaxSearch = 100;

    /// <param name="account">Whose.</param>
    /// <param name="search">A part of a name, a number or a text; null for all.</param>
    /// <param name="after">The <see cref="ConversationPage.Next"/> of the part before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ConversationPage> ReadAsync(AccountId account, string? search, string? after, CancellationToken cancellationToken)
    {
        var contacts = db.ContactsOf(account).Where(c => c.LastPlace > 0);
        var unread = await contacts.CountAsync(c => c.HeardPlace > c.ReadPlace, cancellationToken);
        var term = search?.Trim().ToLowerInvariant() ?? "";
        if (term.Length is > 0 and <= MaxSearch)
            contacts = Matching(account, contacts, term);
        if (after?.Split('.') is [var at, var key] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            contacts = contacts.Where(c => c.LastPlace < place || (c.LastPlace == place && c.Key.CompareTo(key) < 0));
        var page = await contacts.OrderByDescending(c => c.LastPlace).ThenByDescending(c => c.Key).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = page.Take(PageSize).ToList();
        var next = page.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{shown[^1].LastPlace}.{shown[^1].Key}") : null;
        return new ConversationPage(await ShowAsync(account, shown, term, cancellationToken), next, unread);
    }

    /// <summary>By the name, the digits of the number, or what was said.</summary>
    private IQueryable<ChatContact> Matching(AccountId account, IQueryable<ChatContact> contacts, string term)
    {
        var digits = string.Concat(term.Where(char.IsAsciiDigit));
        var isNumber = digits.Length >= 3 && term.All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')' or '.' or '/');
        var own = db.MessagesOf(account);
        return contacts.Where(c =>
            (c.Name != null && c.Name.ToLower().Contains(term))
            || (c.Username != null && c.Username.ToLower().Contains(term))
            || (isNumber && c.Phone != null && c.Phone.Contains(digits))
            || own.Any(m => m.PhoneNumberId == c.PhoneNumberId && m.Contact == c.Key && (m.Text.ToLower().Contains(term) || (m.FileName != null && m.FileName.ToLower().Contains(term)))));
    }

    private async Task<IReadOnlyList<Conversation>> ShowAsync(AccountId account, List<ChatContact> contacts, string term, CancellationToken cancellationToken)
    {
        var keys = contacts.ConvertAll(c => c.Key);
        var own = db.MessagesOf(account).Where(m => keys.Contains(m.Contact));
        var last = (await Newest(own).ToListAsync(cancellationToken)).ToDictionary(m => m.Contact);
        // A search shows what it found, where that was said.
        if (term.Length > 0)
        {
            foreach (var found in await Newest(own.Where(m => m.Text.ToLower().Contains(term))).ToListAsync(cancellationToken))
                last[found.Contact] = found;
        }

        var unread = await own.Where(m => m.Incoming && !m.IsLine)
            .Join(db.ContactsOf(account), m => new { m.PhoneNumberId, Key = m.Contact }, c => new { c.PhoneNumberId, c.Key }, (m, c) => new { m.Contact, IsUnread = m.Place > c.ReadPlace })
            .Where(m => m.IsUnread).GroupBy(m => m.Contact).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var failed = await FailedAsync(account, [.. last.Values.Where(m => !m.Incoming)], cancellationToken);
        return [.. contacts.Where(c => last.ContainsKey(c.Key)).Select(c => Of(last[c.Key], c, unread.GetValueOrDefault(c.Key), failed))];
    }

    private static IQueryable<ChatMessage> Newest(IQueryable<ChatMessage> messages) =>
        messages.GroupBy(m => m.Contact).Select(g => g.OrderByDescending(m => m.Place).ThenByDescending(m => m.Id).First());

    /// <summary>The ids at Meta of those that did not arrive.</summary>
    private async Task<HashSet<string>> FailedAsync(AccountId account, List<ChatMessage> sent, CancellationToken cancellationToken)
    {
        var (id, wamIds) = (account.ToString(), sent.Select(m => m.WamId).OfType<string>().ToList());
        return wamIds.Count is 0
            ? []
            : [.. await db.ChatDeliveries.AsNoTracking().Where(d => d.AccountId == id && d.State == DeliveryState.Failed && wamIds.Contains(d.WamId)).Select(d => d.WamId).ToListAsync(cancellationToken)];
    }

    private Conversation Of(ChatMessage last, ChatContact contact, int unread, HashSet<string> failed) => new()
    {
        Number = contact.PhoneNumberId,
        Contact = contact.Key,
        ContactText = contact.TextIn(words),
        Name = contact.Name,
        Text = MessageLine.Of(last, words),
        IsOwn = !last.Incoming,
        IsFailed = last.State is SendState.Refused or SendState.Unknown || (last.WamId is { } wamId && failed.Contains(wamId)),
        At = last.At,
        LastId = last.Id,
        Place = last.Place,
        Unread = unread,
        CanReply = contact.CanReply,
        Until = contact.AnswerableUntil,
    };
}
