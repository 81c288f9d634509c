using System.Collections.Concurrent;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What the handlers of all nodes do after they staged, and what they were run for.</summary>
public sealed class HandlerScript
{
    public ConcurrentQueue<(string Handler, WebhookEvent Event)> Runs { get; } = new();

    /// <summary>Told the handler, the text and the token.</summary>
    public Func<string, string, CancellationToken, Task> Then { get; set; } = (_, _, _) => Task.CompletedTask;

    public int RunsOf(string handler, string text) => Runs.Count(run => run.Handler == handler && TextOf(run.Event) == text);

    public static string TextOf(WebhookEvent webhookEvent) => (webhookEvent.Content as MessageReceived)?.Text ?? webhookEvent.Field.Replace("\0", "", StringComparison.Ordinal);
}

/// <summary>Stages one row for each event on the host's context, and does not save.</summary>
public abstract class StagingHandler(string name, PlainContext context, HandlerScript script) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        var text = HandlerScript.TextOf(webhookEvent);
        context.Add(new HostMessage { Handler = name, Key = webhookEvent.Key, Text = text });
        script.Runs.Enqueue((name, webhookEvent with { Item = webhookEvent.Item.Clone(), Value = webhookEvent.Value.Clone() }));
        return script.Then(name, text, cancellationToken);
    }
}

public sealed class ChatHandler(PlainContext context, HandlerScript script) : StagingHandler("chat", context, script);

public sealed class BillingHandler(PlainContext context, HandlerScript script) : StagingHandler("billing", context, script);
