using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Inbox;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Journey;
using WhatsAppOnboarding.EfCore.Tests.Stores;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>Nodes of a host with two handlers that stage, and the account acme that receives what is posted to them.</summary>
public sealed class Inbox : IAsyncDisposable
{
    public static readonly AccountId Acme = AccountId.Parse("acme");

    private Inbox(Nodes nodes, HandlerScript script) => (Nodes, Script) = (nodes, script);

    public Nodes Nodes { get; }

    public HandlerScript Script { get; }

    public static async Task<Inbox> StartAsync(
        DatabaseKind kind, int nodes = 1, Action<DbContextOptionsBuilder>? options = null, Action<HostSetup>? configure = null, ManualTimeProvider? clock = null, bool takes = false)
    {
        var script = new HandlerScript();
        var inbox = new Inbox(await Nodes.StartAsync(kind, nodes, options, configure: setup =>
        {
            if (clock is not null)
                setup.Services.AddSingleton<TimeProvider>(clock);
            setup.Services.AddSingleton(script);
            setup.Library += library => library.AddWebhookHandler<ChatHandler>().AddWebhookHandler<BillingHandler>();
            setup["Webhooks:UseInbox"] = takes ? "true" : "false";
            configure?.Invoke(setup);
        }), script);
        await inbox.AddAccountAsync(Acme, "106");
        return inbox;
    }

    public async Task AddAccountAsync(AccountId account, string number, string waba = "900")
    {
        await Nodes.AddAccountsAsync(account.ToString());
        await Nodes[0].UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            account, _ => [SomeNumber.Connected(account, number, waba) with { Evidence = new NumberEvidence { SubscribedAt = SomeNumber.Now } }]));
    }

    public Task<HttpStatusCode> PostAsync(string delivery, int node = 0) => PostAsync(Encoding.UTF8.GetBytes(delivery), node);

    public async Task<HttpStatusCode> PostAsync(byte[] delivery, int node = 0)
    {
        using var client = Nodes[node].OpenApi(null);
        return (await client.DeliverAsync(delivery, Nodes.Meta.AppSecret)).StatusCode;
    }

    /// <summary>A delivery of messages with these texts, each its own change.</summary>
    public static string Messages(params string[] texts) => Delivery([.. texts.Select(text => Message(text))]);

    public static string Delivery(params string[] changes) => DeliveryOf("900", changes);

    /// <summary>Of a WABA.</summary>
    public static string DeliveryOf(string waba, params string[] changes) => $$"""{"object":"whatsapp_business_account","entry":[{"id":"{{waba}}","time":1790000000,"changes":[{{string.Join(',', changes)}}]}]}""";

    public static string Message(string text, string number = "106") =>
        $$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{"id":"wamid.{{{text}}}","type":"text","text":{"body":"{{{text}}}"}}]}}""";

    /// <summary>Writes deliveries of one change each as another node does that took them.</summary>
    public Task FillAsync(params string[] changes) => FillAsync(changes, tries: 0);

    public Task FillAsync(string[] changes, string waba = "900", int tries = 0, int failures = 0, TimeSpan dueIn = default) => Nodes.UseContextAsync(context =>
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var change in changes)
        {
            var part = new TakenDelivery { Body = Encoding.UTF8.GetBytes(DeliveryOf(waba, change)), ReceivedAt = now }.Split()[0];
            context.Add(new InboxRow
            {
                Shard = InboxShards.Of(part.Lane),
                Lane = part.Lane,
                Number = part.Number,
                IsNotice = part.IsNotice,
                Body = part.Body.ToArray(),
                Size = part.Body.Length,
                ReceivedAt = now,
                DueAt = now + dueIn,
                Tries = tries,
                Failures = failures,
            });
        }

        return context.SaveChangesAsync();
    });

    /// <summary>When nothing that was taken is left.</summary>
    public Task EmptyAsync() => Eventually.TrueAsync(() => Nodes.UseContextAsync(async context => !await context.Set<InboxRow>().AnyAsync()), "the inbox to be empty");

    /// <summary>What was committed: each row as handler and text.</summary>
    public Task<string[]> SavedAsync() => Nodes.UseContextAsync(context => context.Messages.OrderBy(row => row.Id).Select(row => row.Handler + " " + row.Text).ToArrayAsync());

    public Task<IReadOnlyList<LedgerRecord>> ParkedAsync() => Nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<LedgerRecord>>(operations => operations.ListParkedAsync(new ParkedQuery { AccountId = Acme }));

    public Task<ParkedResult> ReplayAsync(string itemKey, int node = 0) => ReplayAsync(new ParkedQuery { AccountId = Acme, ItemKey = itemKey }, node);

    public Task<ParkedResult> ReplayAsync(ParkedQuery query, int node = 0, CancellationToken cancellationToken = default) =>
        Nodes[node].UseAsync<IWhatsAppOperator, ParkedResult>(operations => operations.ReplayParkedAsync(query, cancellationToken));

    public Task<ParkedResult> DiscardAsync(ParkedQuery query) => Nodes[0].UseAsync<IWhatsAppOperator, ParkedResult>(operations => operations.DiscardParkedAsync(query));

    public static ParkedResult Result(int unparked = 0, int failedAgain = 0, int left = 0) => new() { Unparked = unparked, FailedAgain = failedAgain, Left = left };

    /// <summary>Parks a message as if a handler had failed on it at this time.</summary>
    public Task ParkAsync(AccountId account, string text, DateTimeOffset at, string reason = "IOException: No.", string? handler = null) =>
        Nodes[0].UseAsync<IWebhookLedger, LedgerRecord>(ledger => ledger.FailAsync(account, $"message:106:wamid.{text}", new LedgerFailure
        {
            Handler = handler ?? typeof(ChatHandler).ToString(),
            Reason = reason,
            At = at,
            Payload = Messages(text),
            ParkAfterFailures = 1,
            ParkAfter = TimeSpan.FromDays(1),
        }));

    public async Task<LedgerRecord?> KnownAsync(string itemKey) =>
        (await Nodes[0].UseAsync<IWebhookLedger, IReadOnlyList<LedgerRecord>>(ledger => ledger.FindAsync([itemKey]))).SingleOrDefault(record => record.AccountId == Acme);

    public ValueTask DisposeAsync() => Nodes.DisposeAsync();
}
