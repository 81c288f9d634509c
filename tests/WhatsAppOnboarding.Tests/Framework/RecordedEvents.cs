using System.Collections.Concurrent;
using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>What the host's handlers were told. Registered as a singleton, so that handlers in all scopes write here.</summary>
public sealed class RecordedEvents
{
    public ConcurrentQueue<AccountEvent> Account { get; } = new();

    public ConcurrentQueue<(string Account, string Field, JsonElement Value)> Webhooks { get; } = new();

    public ConcurrentQueue<WebhookEvent> Events { get; } = new();

    /// <summary>Lets the next events of a text fail.</summary>
    public ConcurrentDictionary<string, int> Failing { get; } = new();

    public string[] TextsOf(string account) =>
        [.. Events.Where(seen => seen.AccountId.ToString() == account).Select(seen => seen.Content).OfType<MessageReceived>().Select(message => message.Text!)];
}

public sealed class RecordingWebhookHandler(RecordedEvents events) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        var text = webhookEvent.Item.GetRawText();
        foreach (var failing in events.Failing.Where(entry => entry.Value > 0 && text.Contains(entry.Key, StringComparison.Ordinal)))
        {
            events.Failing[failing.Key] = failing.Value - 1;
            throw new InvalidOperationException("The handler was told to fail.");
        }

        events.Events.Enqueue(webhookEvent);
        events.Webhooks.Enqueue((webhookEvent.AccountId.ToString(), webhookEvent.Field, webhookEvent.Value.Clone()));
        return Task.CompletedTask;
    }
}

public sealed class RecordingAccountEventHandler(RecordedEvents events) : IAccountEventHandler
{
    public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
    {
        events.Account.Enqueue(accountEvent);
        return Task.CompletedTask;
    }
}
