namespace WhatsAppOnboarding;

/// <summary>How deliveries are taken: the section <c>WhatsAppOnboarding:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// How long a node remembers who holds a number or WABA. A write on another node shows after this time at the latest. Zero looks it up each time.
    /// Default 5 seconds; at most a minute.
    /// </summary>
    public TimeSpan RoutingCacheLife { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether what handlers finished is kept, so that it is not done again when Meta repeats a delivery. Takes effect with a durable store.
    /// Without it a handler must save by itself, and one that blocks its thread holds its delivery for as long as it does. Default true.
    /// </summary>
    public bool UseLedger { get; set; } = true;

    /// <summary>
    /// Whether deliveries are taken into the inbox and answered at once, and worked after. Takes effect with a durable <see cref="Webhooks.IWebhookIntake"/>, such as that of the stores of Entity Framework, and with
    /// the ledger. Without it a delivery is answered when its handlers are done. Default true.
    /// </summary>
    public bool UseInbox { get; set; } = true;

    /// <summary>
    /// How many deliveries may wait in the inbox, over all accounts; of one WABA a quarter of it. More are answered 503, so that Meta keeps them meanwhile. Default 200,000; 100 at least.
    /// </summary>
    public long MaxBacklog { get; set; } = 200_000;

    /// <summary>For how long deliveries of a WABA may wait in the inbox for their turn before further ones of it are answered 503; over a broker, before any are. Default 15 minutes; a second at least.</summary>
    public TimeSpan MaxBacklogAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How many deliveries a node works on at the same time, half of them for one account at most. Without an inbox more are answered 503 at once. Default 64.
    /// </summary>
    public int MaxDeliveriesInFlight { get; set; } = 64;

    /// <summary>
    /// How long one go at a delivery may take: routing, following what Meta says, all handlers. What is not finished then comes again. Default 20 seconds; from a second to
    /// 5 minutes.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After how many failures an item is parked. Default 20; one at least.</summary>
    public int ParkAfterFailures { get; set; } = 20;

    /// <summary>How long after its first failure an item that still fails is parked. Default 24 hours.</summary>
    /// <remarks>Meta's pages say that it repeats a delivery for 36 hours or for 7 days: park before the first, remember beyond the second.</remarks>
    public TimeSpan ParkAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long it is remembered that an item was finished. Default 8 days; 7 at least, for Meta may repeat a delivery for so long.</summary>
    public TimeSpan LedgerLife { get; set; } = TimeSpan.FromDays(8);

    /// <summary>How long a parked item is kept. Default 30 days; a day at least.</summary>
    public TimeSpan ParkedLife { get; set; } = TimeSpan.FromDays(30);
}
