using System.Collections.Concurrent;
using System.Text.Json;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>What the host's handlers were told. Registered as a singleton, so that handlers in all scopes write here.</summary>
public sealed class RecordedEvents
{
    public ConcurrentQueue<AccountEvent> Account { get; } = new();

    public ConcurrentQueue<(string Account, string Field, JsonElement Value)> Webhooks { get; } = new();

    /// <summary>Lets the next events of a text fail.</summary>
    public ConcurrentDictionary<string, int> Failing { get; } = new();

    public string[] TextsOf(string account) =>
        [.. Webhooks.Where(entry => entry.Account == account && entry.Field == "messages" && entry.Value.TryGetProperty("messages", out _))
            .SelectMany(entry => entry.Value.GetProperty("messages").EnumerateArray())
            .Select(message => message.GetProperty("text").GetProperty("body").GetString()!)];
}

public sealed class RecordingWebhookHandler(RecordedEvents events) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        var text = webhookEvent.Value.GetRawText();
        foreach (var failing in events.Failing.Where(entry => entry.Value > 0 && text.Contains(entry.Key, StringComparison.Ordinal)))
        {
            events.Failing[failing.Key] = failing.Value - 1;
            throw new InvalidOperationException("The handler was told to fail.");
        }

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
