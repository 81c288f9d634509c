using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WebHost.Accounts;
using WebHost.Chat;
using WebHost.Data;
using WebHost.Languages;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>The sample's chat behind the real webhook route, with a connected number or two.</summary>
public sealed class TheChat : IAsyncDisposable
{
    private const string Acme = "acme";

    private readonly TestDatabase _database;

    private TheChat(TestDatabase database, TheHost host, EmulatedWaba waba) => (_database, Host, Waba) = (database, host, waba);

    public static AccountId Account { get; } = AccountId.Parse(Acme);

    public TheHost Host { get; }

    public EmulatedWaba Waba { get; }

    public EmulatedNumber Number => Waba.Numbers[0];

    public MetaEmulator Meta => Host.Meta;

    public static async Task<TheChat> StartAsync(bool inApp = false, int numbers = 1, DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var options = new DbContextOptionsBuilder<AppDbContext>();
        database.Use(options);
        await using (var context = new AppDbContext(options.Options))
            await context.Database.EnsureCreatedAsync();
        var host = await TheHost.StartAsync(setup =>
        {
            // What came of a delivery is looked at when it is answered.
            setup["Webhooks:UseInbox"] = "false";
            setup.Services.AddDbContext<AppDbContext>(database.Use);
            setup.Services.AddLanguages();
            setup.Services.AddChat();
            setup.Library = library => library.AddEntityFrameworkStores<AppDbContext>().AddWebhookHandler<ChatWebhookHandler>();
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        for (var at = 0; at < numbers; at++)
            _ = inApp ? waba.AddCoexistenceNumber($"+1 631-555-010{at}", "Shrub") : waba.AddNumber($"+1 631-555-010{at}", "Shrub");
        var chat = new TheChat(database, host, waba);
        await chat.UseAsync<AppDbContext, int>(async context =>
        {
            context.Add(new AppUser { AccountId = Acme, UserName = Acme });
            return await context.SaveChangesAsync();
        });
        await host.ConnectAsync(Acme);
        return chat;
    }

    /// <summary>Has the value delivered as it stands.</summary>
    public async Task PostAsync(string value, string field = "messages", int number = 0)
    {
        using var client = Host.OpenApi(null);
        (await client.DeliverAsync(Host, SignedPost.Change(Waba.Id, field, value.Trim(), Waba.Numbers[number].Id))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async Task SendAsync(WebhookChange change) => (await Meta.Webhooks.SendAsync(change)).Status.ShouldBe(DeliveryStatus.Delivered);

    public async Task<IReadOnlyList<Conversation>> ConversationsAsync() => (await ListAsync()).Items;

    public Task<ConversationPage> ListAsync(string? search = null, string? after = null) =>
        UseAsync<ConversationList, ConversationPage>(list => list.ReadAsync(Account, search, after, default));

    /// <summary>The only conversation that there is.</summary>
    public async Task<WebHost.Chat.Thread> ThreadAsync() => await ThreadAsync((await ConversationsAsync()).ShouldHaveSingleItem());

    public async Task<WebHost.Chat.Thread> ThreadAsync(Conversation conversation) =>
        (await UseAsync<ChatHistory, WebHost.Chat.Thread?>(history => history.ThreadAsync(Account, conversation.Number, conversation.Contact, null, default))).ShouldNotBeNull();

    /// <summary>What each message is in one line.</summary>
    public async Task<string[]> LinesAsync() => [.. (await ThreadAsync()).Messages.Select(message => message.Line)];

    public async Task<string[]> TextsAsync() => [.. (await ThreadAsync()).Messages.Select(message => message.Text)];

    public Task<SendOutcome> AnswerAsync(WebHost.Chat.Thread thread, string text) => SendAsync(new SendRequest(thread.Number, thread.Contact, null, text, Guid.NewGuid()));

    public Task<SendOutcome> BeginAsync(string to, string text) => SendAsync(new SendRequest(Number.Id, null, to, text, Guid.NewGuid()));

    public Task<TResult> UseAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull => Host.UseAsync(use);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<SendOutcome> SendAsync(SendRequest request) => UseAsync<ChatSender, SendOutcome>(sender => sender.SendAsync(Account, request, default));
}
