using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>
/// Puts what was said in the WhatsApp Business app, before the number was connected, where it belongs: before all that came since, and read. It stages and does
/// not save; what is there already stays as it is.
/// </summary>
public sealed class ChatImport(AppDbContext db, ChatContacts contacts)
{
    public async Task AddAsync(AccountId account, PhoneNumberId number, JsonElement value, CancellationToken cancellationToken)
    {
        var (id, from) = (account.ToString(), number.ToString());
        if (!await db.Users.AnyAsync(u => u.AccountId == id, cancellationToken))
            return;
        var own = Text(Child(value, "metadata"), "display_phone_number");
        foreach (var thread in Items(value, "history").SelectMany(part => Items(part, "threads")))
        {
            if (Text(thread, "id") is not { } customer || MessageRecipient.ReadPhone(customer) is not { } phone)
                continue;
            var messages = Items(thread, "messages").Where(message => Text(message, "id") is { Length: <= 300 }).DistinctBy(message => Text(message, "id")).ToList();
            var ids = messages.ConvertAll(message => Text(message, "id")!);
            var known = await db.ChatMessages.Where(m => m.AccountId == id && m.PhoneNumberId == from && m.WamId != null && ids.Contains(m.WamId)).Select(m => m.WamId!).ToListAsync(cancellationToken);
            messages.RemoveAll(message => known.Contains(Text(message, "id")!));
            if (messages.Count is 0)
                continue;
            var contact = await contacts.OfAsync(account, number, new Person(phone, null, FillsIn: true), cancellationToken);
            var hadUnread = contact.HeardPlace > contact.ReadPlace;
            foreach (var message in messages)
                Add(contact, message, isOwn: own is not null && MessageRecipient.IsSamePhone(Text(message, "from"), own));
            if (!hadUnread)
                contact.ReadPlace = Math.Max(contact.ReadPlace, contact.HeardPlace);
        }

        db.Tell(new LiveNews(id, LiveNews.Threads));
    }

    private void Add(ChatContact contact, JsonElement item, bool isOwn)
    {
        var seconds = long.TryParse(Text(item, "timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? Math.Min(said, DateTimeOffset.UtcNow.ToUnixTimeSeconds()) : 0;
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var message = new ChatMessage
        {
            AccountId = contact.AccountId,
            PhoneNumberId = contact.PhoneNumberId,
            Contact = contact.Key,
            Incoming = !isOwn,
            Text = "",
            At = at,
            Place = at.ToUnixTimeMilliseconds(),
            WamId = Text(item, "id"),
            ReplyTo = Text(Child(item, "context"), "id") is { Length: <= 300 } answered ? answered : null,
            State = isOwn ? SendState.OnPhone : SendState.None,
        };
        ContentOf(item).PutInto(message);
        contact.Note(message);
        db.Add(message);
    }

    private static ChatContent ContentOf(JsonElement item)
    {
        var type = Text(item, "type") ?? "";
        var kind = type switch
        {
            "text" => MessageKind.Text,
            "audio" when Child(Child(item, "audio"), "voice").ValueKind is JsonValueKind.True => MessageKind.Voice,
            "image" or "video" or "audio" or "document" or "sticker" or "location" or "contacts" => Enum.Parse<MessageKind>(type, ignoreCase: true),
            _ => MessageKind.Other,
        };
        var (part, details) = (Child(item, type), DetailsReader.Read(kind, item));
        var mediaId = Text(part, "id") is { Length: <= 200 } file ? file : null;
        var name = Text(part, "filename") is { } given ? given[..Math.Min(given.Length, ChatContent.MaxName)] : null;
        return kind switch
        {
            MessageKind.Text => new(kind, Text(part, "body") ?? ""),
            MessageKind.Location or MessageKind.Contacts when details is not null => new(kind, "", Details: details),
            // The app shares the texts of old messages, and not all of their files.
            _ when mediaId is null => new(MessageKind.Other, "", Details: new() { Unshown = new(MessageKind.Other, InApp: true) }),
            _ => new(kind, Text(part, "caption") ?? "", mediaId, name),
        };
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && name.Length > 0 && parent.TryGetProperty(name, out var child) ? child : default;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) => Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static string? Text(JsonElement parent, string name)
    {
        try
        {
            return Child(parent, name) switch
            {
                { ValueKind: JsonValueKind.String } word => MessageWords.Of(word.GetString()) is { Length: > 0 } text ? text : null,
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
