using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsApp_Host;

/// <summary>A text between a customer and a number of an account.</summary>
public sealed record ChatMessage(int Id, string AccountId, string Number, string Customer, string Text, bool FromCustomer);

/// <summary>What somebody wants to send.</summary>
public sealed record ChatAnswer(string From, string To, string Text);

/// <summary>Stages what customers write; the library saves it, once, together with its note that the event is handled.</summary>
public sealed class ChatInbox(AppDbContext db) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        if (webhookEvent is { Content: MessageReceived { GroupId: null, Text: { } text } message, PhoneNumberId: { } number }
            && (message.From ?? message.FromUserId) is { } customer)
            db.Add(new ChatMessage(0, $"{webhookEvent.AccountId}", $"{number}", customer, text, FromCustomer: true));
        return Task.CompletedTask;
    }
}

public static class ChatEndpoints
{
    public static void MapChat(this RouteGroupBuilder chat, Uri? customer)
    {
        chat.MapGet("/", async (ClaimsPrincipal user, AppDbContext db) =>
        {
            var account = Account(user).ToString();
            var messages = await db.Messages.AsNoTracking().Where(message => message.AccountId == account).OrderByDescending(message => message.Id).Take(50).ToListAsync();
            return new { customer, messages };   // customer: where the emulated Meta lets you write as one
        });

        chat.MapPost("/", async (ChatAnswer answer, ClaimsPrincipal user, IWhatsAppAccounts accounts, IGraphClient graph, WhatsAppWords words, AppDbContext db) =>
        {
            if (!PhoneNumberId.TryParse(answer.From, out var from) || string.IsNullOrWhiteSpace(answer.Text))
                return Results.Problem("Choose a message to answer, and write a text.", statusCode: StatusCodes.Status400BadRequest);
            var token = await accounts.GetTokenAsync(Account(user), from);   // of the account's own numbers only
            if (!token.Available)
                return Results.Problem(words.Error(token.Code).Message, statusCode: StatusCodes.Status409Conflict);

            var recipient = answer.To.Contains('.') ? MessageRecipient.User(answer.To) : MessageRecipient.Phone(answer.To);   // a customer with a username has no number
            var sent = await graph.SendAsync(WhatsAppCalls.SendMessage(token.Token, from, recipient, MessageContent.Text(answer.Text)));
            if (sent.Error is { } error)
            {
                await accounts.ReportFailureAsync(Account(user), from, token.Token, error);   // what it says of the number is seen at once
                return Results.Problem(error.ToString(), statusCode: StatusCodes.Status502BadGateway);
            }

            db.Add(new ChatMessage(0, $"{Account(user)}", answer.From, answer.To, answer.Text, FromCustomer: false));
            await db.SaveChangesAsync();
            return Results.NoContent();
        });
    }

    private static AccountId Account(ClaimsPrincipal user) => AccountId.Parse(user.FindFirstValue("account_id")!);
}
