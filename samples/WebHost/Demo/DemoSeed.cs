using System.Globalization;
using WebHost.Chat;
using WebHost.Data;
using WhatsAppOnboarding.Testing;

namespace WebHost.Demo;

/// <summary>Makes rows of <see cref="DemoTalks"/>, as if all of it had come by webhook.</summary>
internal sealed class DemoSeed(AppDbContext db, AccountId account, IReadOnlyList<EmulatedNumber> numbers)
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly List<(ChatMessage Message, ChatContact Contact)> _heard = [];
    private int _count;

    public async Task RunAsync(MetaEmulator meta, CancellationToken cancellationToken)
    {
        foreach (var (at, talk) in DemoTalks.All.Index())
            Add(talk, string.Create(CultureInfo.InvariantCulture, $"155501010{at:00}"));
        await db.SaveChangesAsync(cancellationToken);

        // What came lately Meta knows as well, so that it can be answered there. It is here already, and is taken once.
        foreach (var (message, contact) in _heard)
        {
            var customer = new EmulatedCustomer(contact.Name ?? "", contact.Phone) { Username = contact.Username, UserId = contact.UserId ?? $"US.{contact.Phone}" };
            await meta.Webhooks.ReceiveAsync(MetaMessages.Text(numbers.First(number => number.Id == contact.PhoneNumberId), customer, message.Text, message.WamId), cancellationToken);
        }
    }

    private void Add(DemoTalk talk, string phone)
    {
        var contact = db.Add(new ChatContact
        {
            AccountId = account.ToString(),
            PhoneNumberId = numbers[talk.Number].Id,
            Phone = talk.IsGroup || talk.Username is not null ? null : phone,
            UserId = talk.Username is null ? null : $"US.{phone}",
            GroupId = talk.IsGroup ? $"group-{phone}" : null,
            Name = talk.Name,
            Username = talk.Username,
        }).Entity;
        var at = _now;
        ChatMessage? last = null;
        foreach (var line in talk.Lines)
        {
            at = at.AddMinutes(2);
            if (line[0] is '@')
            {
                at = _now.AddHours(-double.Parse(line[1..], CultureInfo.InvariantCulture));
                continue;
            }

            var (mark, said) = (line[..line.IndexOfAny([' ', '['])], line[line.IndexOfAny([' ', '['])..].Trim());
            if (mark[0] is '+')
                React(last!, said, isOwn: mark is "+>");
            else
                last = Say(contact, talk, mark, said, at > _now ? _now : at, last);
        }

        // The newest of each day are unread.
        contact.ReadPlace = contact.HeardPlace > _now.AddHours(-1).ToUnixTimeMilliseconds() ? contact.HeardPlace - 1 : contact.LastPlace;
    }

    private ChatMessage Say(ChatContact contact, DemoTalk talk, string mark, string said, DateTimeOffset at, ChatMessage? before)
    {
        var isOwn = mark.Contains('>', StringComparison.Ordinal);
        var message = new ChatMessage
        {
            AccountId = contact.AccountId,
            PhoneNumberId = contact.PhoneNumberId,
            Contact = contact.Key,
            Author = talk.IsGroup ? (_count % 2 is 0 ? "Ann" : "Ben") : null,
            Incoming = !isOwn,
            IsLine = mark is "=",
            Text = "",
            At = at,
            Place = at.ToUnixTimeMilliseconds(),
            WamId = $"wamid.DEMO{++_count}",
            ReplyTo = mark[0] is '^' ? before?.WamId : null,
            EditedAt = mark[0] is 'e' or 'x' ? at.AddMinutes(1) : null,
            IsDeleted = mark[0] is 'x',
            State = isOwn ? SendState.Accepted : SendState.None,
        };
        (mark[0] is 'x' ? new ChatContent(MessageKind.Text, "") : ContentOf(said, numbers[talk.Number])).PutInto(message);
        contact.Note(message);
        if (message is { Incoming: true, IsLine: false, Text.Length: > 0 } && !talk.IsGroup && at > _now - ChatContact.Window)
            _heard.Add((message, contact));
        if (isOwn)
        {
            var failed = mark[0] is '!';
            db.Add(new ChatDelivery
            {
                AccountId = message.AccountId,
                PhoneNumberId = message.PhoneNumberId,
                WamId = message.WamId!,
                State = failed ? DeliveryState.Failed : _count % 3 is 0 ? DeliveryState.Delivered : DeliveryState.Read,
                Problem = failed ? Refusals.Note(131056, null) : null,
            });
        }

        return db.Add(message).Entity;
    }

    private void React(ChatMessage message, string emoji, bool isOwn) => db.Add(new ChatReaction
    {
        AccountId = message.AccountId,
        PhoneNumberId = message.PhoneNumberId,
        WamId = message.WamId!,
        Who = isOwn ? ChatReaction.Business : ChatReaction.Customer,
        Emoji = emoji,
        At = message.At.AddMinutes(1),
    });

    private ChatContent ContentOf(string said, EmulatedNumber number)
    {
        if (said[0] is not '[')
            return new(MessageKind.Text, said);
        var (kind, rest) = (said[1..said.IndexOf(']', StringComparison.Ordinal)], said[(said.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim());
        return kind switch
        {
            "image" => new(MessageKind.Image, rest, number.AddMedia(DemoFiles.Picture((180, 220, 160), (byte.MaxValue, (byte)(90 + (_count % 90)), 60)), "image/png").Id),
            "sticker" => new(MessageKind.Sticker, "", number.AddMedia(DemoFiles.Picture((255, 240, 200), (240, 120, 160)), "image/png").Id),
            "voice" => new(MessageKind.Voice, "", number.AddMedia(DemoFiles.Mp3, "audio/mpeg").Id),
            "audio" => new(MessageKind.Audio, "", number.AddMedia(DemoFiles.Mp3, "audio/mpeg").Id),
            "pdf" => new(MessageKind.Document, "", number.AddMedia(DemoFiles.Pdf, "application/pdf", rest).Id, rest),
            "place" => new(MessageKind.Location, "", Details: new() { Place = new(52.3676, 4.9041, rest, "1 Canal Street") }),
            "card" => new(MessageKind.Contacts, "", Details: new() { Cards = [new(rest, ["+1 555 010 2020"], [])] }),
            "order" => new(MessageKind.Order, "", Details: new() { Items = [new("fern-small", 2, 4.5m, "USD"), new("pot-clay-12", 1, 7.9m, "USD")] }),
            _ => new(MessageKind.Template, rest, Details: new() { Template = new("order_update", "en_US", []) }),
        };
    }
}
