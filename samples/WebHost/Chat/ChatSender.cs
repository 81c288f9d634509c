using Microsoft.EntityFrameworkCore;
using WebHost.Data;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>What a person asks to send.</summary>
/// <param name="From">The id of one of the account's numbers.</param>
/// <param name="To">The customer's number as typed.</param>
/// <param name="Text">The text.</param>
/// <param name="Key">New for each message; the same key again sends nothing again.</param>
public sealed record SendRequest(string? From, string? To, string? Text, Guid Key);

/// <summary>The message as it ended up, or why there is none.</summary>
public sealed record SendOutcome(MessageView? Message, string? Problem = null, string? Field = null);

/// <summary>Sends a text: noted first, then handed to Meta, then what Meta said noted.</summary>
public sealed class ChatSender(AppDbContext db, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords words, ChatHistory history, LiveFeed feed)
{
    public async Task<SendOutcome> SendAsync(AccountId account, SendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = request.Text?.Trim().ReplaceLineEndings("\n") ?? "";
        if (text.Length is 0)
            return new(null, "Write something first.", "text");
        if (text.Length > ChatMessage.MaxText)
            return new(null, $"A message has at most {ChatMessage.MaxText} characters; this one has {text.Length}.", "text");
        if (ContactNumber.Read(request.To) is not { } contact)
            return new(null, ContactNumber.Rule, "to");
        if (!PhoneNumberId.TryParse(request.From, out var from))
            return new(null, "Choose the number to send from.", "from");

        var token = await accounts.GetTokenAsync(account, from, cancellationToken);
        if (!token.Available)
        {
            var why = words.Error(token.Code);
            return new(null, $"{why.Message} {why.Action}", "from");
        }

        var message = await NoteAsync(account, from, contact, text, request.Key, cancellationToken);
        if (message.State is SendState.Sending && db.Entry(message).State is not EntityState.Detached)
        {
            // Once noted, a message is finished even when the page that asked has gone.
            var result = await graph.SendAsync(
                WhatsAppCalls.SendMessage(token.Token!, from, MessageRecipient.Phone(contact), MessageContent.Text(text)), CancellationToken.None);
            Record(message, result);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        var view = await history.ViewAsync(account, message, CancellationToken.None);
        feed.Publish(account, view);
        return new(view);
    }

    private async Task<ChatMessage> NoteAsync(AccountId account, PhoneNumberId from, string contact, string text, Guid key, CancellationToken cancellationToken)
    {
        var message = new ChatMessage
        {
            AccountId = account.ToString(),
            PhoneNumberId = from.ToString(),
            Contact = contact,
            Incoming = false,
            Text = text,
            At = DateTimeOffset.UtcNow,
            SendKey = key == Guid.Empty ? null : key,
            State = SendState.Sending,
        };
        db.Add(message);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return message;
        }
        catch (DbUpdateException) when (key != Guid.Empty)
        {
            db.ChangeTracker.Clear();
            var id = account.ToString();
            var earlier = await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(m => m.AccountId == id && m.SendKey == key, cancellationToken);
            if (earlier is null)
                throw;
            return earlier;
        }
    }

    private static void Record(ChatMessage message, GraphResult<SentMessage> result)
    {
        if (result.Succeeded)
        {
            message.State = SendState.Accepted;
            message.WamId = result.Value.Id;
            // Meta's spelling of the number is the one that answers come with.
            if (result.Value.WaId is { } waId && ContactNumber.IsDigits(waId))
                message.Contact = waId;
            return;
        }

        var unknown = result.Error.Kind is GraphErrorKind.TimedOut or GraphErrorKind.Unreachable or GraphErrorKind.UnreadableAnswer;
        message.State = unknown ? SendState.Unknown : SendState.Refused;
        message.Problem = unknown ? null : Refusals.InWords(result.Error);
    }
}
